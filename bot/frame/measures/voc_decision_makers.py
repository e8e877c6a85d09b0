"""The tone of those who decide about the renewal."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As `voc`, of decision makers' remarks alone."""
    import numpy as np

    from bot.frame.remarks import read_remarks

    remarks = read_remarks(block)
    if remarks is None:
        return block.unknown()
    roles = remarks.said.words["speaker_role"]
    is_decider = np.array([role == "decision_maker" for role in roles], dtype=np.bool_)
    return remarks.mean_valid(remarks.tone, is_decider)


MEASURE = Measure(
    name="voc_decision_makers",
    label=Words(ja="決裁者のVoC", en="Decision makers' VoC"),
    meaning=Words(
        ja="決裁者の声の調子(−1〜+1)。45日で重みが半分になり、120日で対象外",
        en="Tone of what decision makers said (-1 to +1); half the weight every 45 days, none "
        "after 120",
    ),
    unit=Unit.TONE,
    kind=Kind.LEVEL,
    window="latest",
    needs=("voc",),
    validity_days=120,
    compute=compute,
)

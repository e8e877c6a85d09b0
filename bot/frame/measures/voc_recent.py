"""The tone of what the customer said in the last two months."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As `voc`, of the last 60 days alone; unknown where nothing was said in them."""
    from bot.frame.block import Column
    from bot.frame.remarks import RECENT, read_remarks

    remarks = read_remarks(block)
    if remarks is None:
        return block.unknown()
    return Column(remarks.mean(remarks.tone, remarks.age < RECENT))


MEASURE = Measure(
    name="voc_recent",
    label=Words(ja="直近60日のVoC", en="VoC of 60 days"),
    meaning=Words(
        ja="直近60日の顧客の声の調子(−1〜+1)。役割・確度・経過日数で重みづけ",
        en="Tone of what was said in the last 60 days (-1 to +1), weighted by role, "
        "confidence and age",
    ),
    unit=Unit.TONE,
    kind=Kind.LEVEL,
    window="60d",
    needs=("voc",),
    compute=compute,
)

"""How much of what the customer says is a complaint."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Negative remarks by all remarks of 120 days, each with its weight; as `voc` otherwise."""
    import numpy as np

    from bot.frame.remarks import read_remarks

    remarks = read_remarks(block)
    if remarks is None:
        return block.unknown()
    is_negative = (remarks.tone < 0).astype(np.float64)
    return remarks.mean_valid(is_negative, np.ones(len(is_negative), dtype=np.bool_))


MEASURE = Measure(
    name="voc_negative_share",
    label=Words(ja="否定的なVoCの割合", en="Share of negative VoC"),
    meaning=Words(
        ja="120日以内のVoCのうち否定的なものの割合(発言者・確信度・新しさで重み付け)",
        en="Negative remarks as a share of those of 120 days, weighted by role, confidence and age",
    ),
    unit=Unit.SHARE,
    kind=Kind.LEVEL,
    window="latest",
    needs=("voc",),
    validity_days=120,
    compute=compute,
)

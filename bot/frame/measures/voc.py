"""The tone of what the customer said lately; what is older counts less."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 120


def compute(block: "Block") -> "Column":
    """From -1 (all negative) to 1: weighted by role, confidence, and half as much every 45 days.

    Remarks of the last 120 days count; older ones alone are too old.
    """
    import numpy as np

    from bot.frame.remarks import read_remarks

    remarks = read_remarks(block)
    if remarks is None:
        return block.unknown()
    return remarks.mean_valid(remarks.tone, np.ones(len(remarks.tone), dtype=np.bool_))


MEASURE = Measure(
    name="voc",
    label=Words(ja="VoC", en="VoC"),
    meaning=Words(
        ja="顧客の声の調子(−1〜+1)。45日で重みが半分になり、120日で対象外",
        en="Tone of what the customer said (-1 to +1); "
        "half the weight every 45 days, none after 120",
    ),
    unit=Unit.TONE,
    kind=Kind.LEVEL,
    window="latest",
    needs=("voc",),
    validity_days=_VALID,
    compute=compute,
)

"""Which of the features the product is bought for was never tried."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """How many key features came without a single use in 90 days; those with no value are left out.

    Unknown for accounts without a value of any of them.
    """
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.use import is_late

    names = [name for name in block.usage.key_metrics() if block.usage.has(name)]
    if not names:
        return block.unknown()
    used = np.array([block.usage.is_used(name) for name in names])
    gap = np.where(np.isnan(used).all(axis=0), np.nan, (used == 0).sum(axis=0))
    return Column(gap, np.logical_and.reduce([is_late(block, name) for name in names]))


MEASURE = Measure(
    name="adoption_gap",
    label=Words(ja="未利用の主要機能", en="Key features never tried"),
    meaning=Words(
        ja="主要機能のうち、直近90日に一度も使われていないものの数",
        en="Key features without a single use in the last 90 days",
    ),
    unit=Unit.COUNT,
    kind=Kind.LEVEL,
    window="90d",
    needs=("usage:key",),
    validity_days=5,
    compute=compute,
)

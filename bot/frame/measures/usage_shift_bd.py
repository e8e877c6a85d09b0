"""How long ago use broke."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

# Of steady accounts fewer than one in a hundred shows as much by chance (simulated counts).
_BEYOND_CHANCE = 2.0


def compute(block: "Block") -> "Column":
    """Business days since the largest shift of use; unknown where none is beyond chance."""
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.use import is_late, read_shift

    main = block.usage.find_main()
    if main is None:
        return block.unknown()
    shift = read_shift(block, main)
    is_break = np.abs(np.nan_to_num(shift.size)) >= _BEYOND_CHANCE
    return Column(np.where(is_break, shift.days_ago, np.nan), is_late(block, main))


MEASURE = Measure(
    name="usage_shift_bd",
    label=Words(ja="利用の急な変化からの営業日数", en="Business days since use broke"),
    meaning=Words(
        ja="利用量が標準偏差の2倍以上変わった日からの営業日数",
        en="Business days since use shifted by two standard deviations or more",
    ),
    unit=Unit.BUSINESS_DAYS,
    kind=Kind.AGE,
    window="40bd",
    needs=(
        "usage:key",
        "usage:logins",
    ),
    validity_days=5,
    compute=compute,
)

"""How many features are in use: depth of adoption."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Mean level over 20 business days; the last month's figure where there is none by day."""
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.monthly import read_months

    if block.usage.has("features_used"):
        late = np.full(block.size, block.usage.is_late("features_used", _VALID))
        daily = block.usage.mean("features_used", 20)
    else:
        late, daily = np.zeros(block.size, dtype=np.bool_), np.full(block.size, np.nan)
    months = read_months(block, "features_used")
    if months is None:
        return Column(daily, late)
    is_monthly = np.isnan(daily)
    return Column(
        np.where(is_monthly, months.last, daily), np.where(is_monthly, months.too_old, late)
    )


MEASURE = Measure(
    name="breadth",
    label=Words(ja="利用機能数", en="Features in use"),
    meaning=Words(
        ja="直近20営業日に使われた機能の数(1日あたりの平均)",
        en="Features used a day, mean of the last 20 business days",
    ),
    unit=Unit.COUNT,
    kind=Kind.LEVEL,
    window="20bd",
    needs=("usage:features_used", "monthly"),
    validity_days=_VALID,
    compute=compute,
)

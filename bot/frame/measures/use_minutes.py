"""How long a person uses the product on a day."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Minutes a person and business day over 20; unknown where minutes or people do not come."""
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.use import is_late

    if not (block.usage.has("usage_minutes") and block.usage.has("active_users")):
        return block.unknown()
    minutes, people = (block.usage.mean(name, 20) for name in ("usage_minutes", "active_users"))
    each = np.divide(minutes, people, out=np.full(block.size, np.nan), where=people > 0)
    return Column(each, is_late(block, "usage_minutes") | is_late(block, "active_users"))


MEASURE = Measure(
    name="use_minutes",
    label=Words(ja="利用時間", en="Time in use"),
    meaning=Words(
        ja="直近20営業日の、利用者1人・1日あたりの利用時間(分)",
        en="Minutes a person and day, over the last 20 business days",
    ),
    unit=Unit.MINUTES,
    kind=Kind.RATIO,
    window="20bd",
    needs=(
        "usage:usage_minutes",
        "usage:active_users",
    ),
    validity_days=5,
    compute=compute,
)

"""Whether more people use the product than a quarter ago."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

# Of one person more or less no growth is told.
_LEAST_PEOPLE = 2.0


def compute(block: "Block") -> "Column":
    """People active a business day, mean of the last 20, against the 20 up to 40 days before."""
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.use import is_late

    if not block.usage.has("active_users"):
        return block.unknown()
    now = block.usage.mean("active_users", 20)
    before = block.usage.mean("active_users", 20, skip=40)
    grown = np.divide(now, before, out=np.full(block.size, np.nan), where=before >= _LEAST_PEOPLE)
    return Column(grown - 1.0, is_late(block, "active_users"))


MEASURE = Measure(
    name="team_growth",
    label=Words(ja="利用者数の増減", en="Growth of the team"),
    meaning=Words(
        ja="1営業日あたりの利用者数(直近20営業日の平均)の、60〜41営業日前の平均からの増減",
        en="People active a business day, mean of the last 20, against that of 60 to 41 "
        "business days ago",
    ),
    unit=Unit.CHANGE,
    kind=Kind.DISTINCT,
    window="20bd",
    needs=("usage:active_users",),
    validity_days=5,
    compute=compute,
)

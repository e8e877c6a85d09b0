"""How long we have not been in contact."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Days since the last touch; unknown for accounts without any."""
    from bot.frame.block import Column

    touches = block.facts.get("touches")
    if touches is None:
        return block.unknown()
    return Column(block.age(touches.spread("touched_on")))


MEASURE = Measure(
    name="touch_age_days",
    label=Words(ja="最終接触からの日数", en="Days since last touch"),
    meaning=Words(ja="最後の活動からの日数", en="Days since the last touch"),
    unit=Unit.DAYS,
    kind=Kind.AGE,
    window="latest",
    needs=("touches",),
    compute=compute,
)

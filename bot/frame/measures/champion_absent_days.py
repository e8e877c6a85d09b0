"""How long the champion has not been seen in the product."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Days since the last login of any champion; unknown without a champion who ever logged in."""
    from bot.frame.block import Column

    seen = block.facts.get("champions")
    if seen is None:
        return block.unknown()
    return Column(block.age(seen.spread("active_on")))


MEASURE = Measure(
    name="champion_absent_days",
    label=Words(ja="推進担当者の不在日数", en="Champion absent"),
    meaning=Words(
        ja="推進担当者が最後にログインしてからの日数",
        en="Days since the champion last logged in",
    ),
    unit=Unit.DAYS,
    kind=Kind.AGE,
    window="latest",
    needs=("champions",),
    compute=compute,
)

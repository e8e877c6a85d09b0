"""How long the account has been a customer."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Days since the start the account list has; unknown where it has none."""
    from bot.frame.block import Column

    return Column(block.age(block.number("started_on")))


MEASURE = Measure(
    name="days_since_start",
    label=Words(ja="利用開始からの日数", en="Days since start"),
    meaning=Words(ja="利用開始日からの日数", en="Days since the account started"),
    unit=Unit.DAYS,
    kind=Kind.AGE,
    window="now",
    needs=("accounts",),
    compute=compute,
)

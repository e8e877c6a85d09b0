"""How many logins there were in four weeks, days off included."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Sum over the last 28 days the source delivered."""
    return block.of_usage("logins", lambda usage: usage.total("logins", 28), _VALID)


MEASURE = Measure(
    name="logins_28d",
    label=Words(ja="28日間のログイン数", en="Logins in 28 days"),
    meaning=Words(ja="直近28日間のログイン数の合計", en="Sum of logins over the last 28 days"),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="28d",
    needs=("usage:logins",),
    validity_days=_VALID,
    compute=compute,
)

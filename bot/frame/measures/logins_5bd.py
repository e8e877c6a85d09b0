"""How much is logged in nowadays."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_WINDOW, _VALID = 5, 5


def compute(block: "Block") -> "Column":
    """Mean logins per business day over the last five."""
    return block.of_usage("logins", lambda usage: usage.mean("logins", _WINDOW), _VALID)


MEASURE = Measure(
    name="logins_5bd",
    label=Words(ja="1日あたりログイン数", en="Logins a day"),
    meaning=Words(
        ja="直近5営業日の1日あたりログイン数",
        en="Logins per business day, mean of the last 5",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="5bd",
    needs=("usage:logins",),
    validity_days=_VALID,
    compute=compute,
)

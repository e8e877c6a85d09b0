"""How much was logged in before: the account's own four weeks."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_RECENT, _WINDOW, _VALID = 5, 20, 5


def compute(block: "Block") -> "Column":
    """Mean logins per business day over the twenty before the last five."""
    return block.of_usage(
        "logins", lambda usage: usage.mean("logins", _WINDOW, skip=_RECENT), _VALID
    )


MEASURE = Measure(
    name="logins_20bd_before",
    label=Words(ja="以前の1日あたりログイン数", en="Logins a day before"),
    meaning=Words(
        ja="直近5営業日より前の20営業日の1日あたりログイン数",
        en="Logins per business day, mean of the 20 before the last 5",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="20bd",
    needs=("usage:logins",),
    validity_days=_VALID,
    compute=compute,
)

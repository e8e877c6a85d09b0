"""How long ago anybody last logged in."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Business days since the last login, as of the last known day."""
    return block.of_usage("logins", lambda usage: usage.days_unused("logins"), _VALID)


MEASURE = Measure(
    name="last_login_days",
    label=Words(ja="最終ログインからの日数", en="Days since last login"),
    meaning=Words(
        ja="最後に誰かがログインしてからの営業日数",
        en="Business days since anybody last logged in",
    ),
    unit=Unit.BUSINESS_DAYS,
    kind=Kind.AGE,
    window="latest",
    needs=("usage:logins",),
    validity_days=_VALID,
    compute=compute,
)

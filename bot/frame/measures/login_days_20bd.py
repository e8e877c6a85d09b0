"""How regularly somebody logs in."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Share of the last 20 business days with at least one login."""
    return block.of_usage("logins", lambda usage: usage.share_used("logins", 20), _VALID)


MEASURE = Measure(
    name="login_days_20bd",
    label=Words(ja="ログイン日数", en="Login days"),
    meaning=Words(
        ja="直近20営業日のうち、誰かがログインした日の割合",
        en="Share of the last 20 business days on which somebody logged in",
    ),
    unit=Unit.SHARE,
    kind=Kind.ADDITIVE,
    window="20bd",
    needs=("usage:logins",),
    validity_days=_VALID,
    compute=compute,
)

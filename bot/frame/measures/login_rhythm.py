"""How often an account that uses the product does so."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Share of business days with a login, up to the last one there was in the window."""
    return block.of_usage("logins", lambda usage: usage.share_until_last("logins"), _VALID)


MEASURE = Measure(
    name="login_rhythm",
    label=Words(ja="ログインの頻度", en="Login rhythm"),
    meaning=Words(
        ja="利用データのある期間(直近90日)のうち、最後のログインまでの営業日に占める、ログインのあった日の割合",
        en="Share of business days with a login, from the first known day of the last 90 to the "
        "last login",
    ),
    unit=Unit.SHARE,
    kind=Kind.ADDITIVE,
    window="90d",
    needs=("usage:logins",),
    validity_days=_VALID,
    compute=compute,
)

"""Logins fell sharply against the account's own four weeks before."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


# A day's logins scatter about like counts do: what three standard deviations explain is chance.
_DEVIATIONS = 3.0
_DAYS = 5
# A fall is made good when logins are at three quarters of what they were.
_MADE_GOOD = 0.75


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit where five business days saw half or less of the usual, and less than chance explains.

    Lasts until three quarters of the usual have come back.
    """
    import numpy as np

    from bot.signals.seen import Hit, is_known

    now, before = seen.number("logins_5bd"), seen.number("logins_20bd_before")
    known = is_known(now, before)
    lost = (before - now) * _DAYS
    beyond_chance = lost >= _DEVIATIONS * np.sqrt(np.maximum(before, 0.0) * _DAYS)
    fell = (before > 0) & (now <= (1.0 - limits["share"]) * before)
    change = np.divide(now, before, out=np.full(seen.size, np.nan), where=before > 0) - 1.0
    return Hit(
        holds=known & fell & beyond_chance,
        known=known,
        values={"logins": now, "logins_before": before, "change": change},
        now=now,
        level=_MADE_GOOD * before,
    )


SIGNAL = Signal(
    key="login_drop",
    columns=("logins_5bd", "logins_20bd_before"),
    values=("logins", "logins_before", "change"),
    limits=MappingProxyType({"share": 0.5}),
    ask=ask,
)

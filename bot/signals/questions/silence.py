"""No sign of life: nobody logs in, asks, answers or calls."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


# Who logs in less than every fourth business day is not silent after two weeks.
_LEAST_RHYTHM = 0.25


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit after two weeks of business days, three for low touch; only where people used to log in.

    Accounts without a usage feed are unknown: we would not hear them.
    """
    import numpy as np

    from bot.signals.seen import build_hit, is_known

    silent, rhythm = seen.number("silent_bd"), seen.number("login_rhythm")
    is_low = seen.is_word("touch", "low")
    limit = np.where(is_low, limits["low_touch_bd"], limits["high_touch_bd"])
    holds = (silent >= limit) & (rhythm >= _LEAST_RHYTHM)
    return build_hit(holds, is_known(silent, rhythm), silent_bd=silent)


SIGNAL = Signal(
    key="silence",
    columns=("silent_bd", "login_rhythm", "touch"),
    values=("silent_bd",),
    moving=("silent_bd",),
    # 14 and 21 days, in business days, so that no holiday is taken for silence.
    limits=MappingProxyType({"high_touch_bd": 10.0, "low_touch_bd": 15.0}),
    ask=ask,
)

"""Use shrinks slowly while every threshold still holds: 要注意."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


# Eight weeks of data: a trend of less is none.
_LEAST_HISTORY_BD = 40


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit where six weeks lost a fifth along their line, and four weeks half of that.

    A fall that lasts six weeks is only half as large between the two halves of eight. Once below
    a threshold it is another signal's; whoever was on watch then stays so.
    """
    from bot.signals.seen import build_hit, is_known

    slope, change = seen.number("usage_slope_6w"), seen.number("usage_trend")
    key_share = seen.number("key_feature_rate_20bd")
    is_above = (seen.score >= seen.red_below) & ~(key_share < limits["key_below"])
    has_history = seen.number("usage_history_bd") >= _LEAST_HISTORY_BD
    known = is_known(slope, change, seen.score) & is_above & has_history
    holds = (slope <= -limits["share"]) & (change <= -limits["share"] / 2)
    return build_hit(holds, known, slope=slope, change=change)


SIGNAL = Signal(
    key="slow_decline",
    columns=("usage_slope_6w", "usage_trend", "usage_history_bd", "key_feature_rate_20bd"),
    values=("slope", "change"),
    limits=MappingProxyType({"share": 0.2, "key_below": 0.4}),
    ask=ask,
)

"""After an outage of ours the account uses the product less, which is how it begins to leave."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit within 90 days of an incident where use fell for good: one bad day moves it little.

    An outage that hit everybody therefore concerns those whom it drove away, and nobody else.
    """
    from bot.signals.seen import build_hit, is_known

    weight = seen.number("incident_lag")
    change, slope = seen.number("usage_trend"), seen.number("usage_slope_6w")
    holds = (weight > 0) & (change <= -limits["share"]) & (slope < 0)
    return build_hit(holds, is_known(weight, change, slope), weight=weight, change=change)


SIGNAL = Signal(
    key="incident",
    columns=("incident_lag", "usage_trend", "usage_slope_6w"),
    values=("weight", "change"),
    limits=MappingProxyType({"share": 0.2}),
    ask=ask,
)

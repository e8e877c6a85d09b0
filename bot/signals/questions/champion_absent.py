"""The champion no longer uses the product."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit after three weeks of business days without a login of any champion."""
    from bot.signals.seen import build_hit, is_known

    absent, days = seen.number("champion_absent_bd"), seen.number("champion_absent_days")
    holds = absent >= limits["business_days"]
    return build_hit(holds, is_known(absent), days=days, business_days=absent)


SIGNAL = Signal(
    key="champion_absent",
    columns=("champion_absent_bd", "champion_absent_days"),
    values=("days", "business_days"),
    moving=("days", "business_days"),
    limits=MappingProxyType({"business_days": 15.0}),
    ask=ask,
)

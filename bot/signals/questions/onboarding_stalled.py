"""Onboarding has not led to use."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit six weeks after the start with few seats in use; where seats are unknown, few days."""
    import numpy as np

    from bot.signals.seen import build_hit, is_known

    age, seats = seen.number("days_since_start"), seen.number("active_user_rate")
    days = seen.number("login_days_20bd")
    is_low = np.where(
        np.isnan(seats), days < limits["login_days"], seats < limits["seats_used"]
    ).astype(np.bool_)
    is_long = age >= limits["weeks"] * 7
    known = is_known(age) & (is_known(seats) | is_known(days))
    holds = seen.is_word("stage", "onboarding") & is_long & is_low
    return build_hit(holds, known, weeks=np.floor(age / 7), seats_used=seats, login_days=days)


SIGNAL = Signal(
    key="onboarding_stalled",
    columns=("stage", "days_since_start", "active_user_rate", "login_days_20bd"),
    values=("weeks", "seats_used", "login_days"),
    limits=MappingProxyType({"weeks": 6.0, "seats_used": 0.25, "login_days": 0.5}),
    ask=ask,
)

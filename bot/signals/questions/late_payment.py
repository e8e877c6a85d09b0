"""An invoice is long past due."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit from 14 days on, where the shipped health model stops calling an account healthy."""
    from bot.signals.seen import build_hit, is_known

    late = seen.number("late_payment_days")
    return build_hit(late >= limits["days"], is_known(late), late_days=late, due_on=seen.day(late))


SIGNAL = Signal(
    key="late_payment",
    columns=("late_payment_days",),
    values=("late_days", "due_on"),
    moving=("late_days",),
    limits=MappingProxyType({"days": 14.0}),
    ask=ask,
)

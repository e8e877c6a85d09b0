"""Many small inquiries, more than the account used to have."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit where 28 days brought far more than the usual, and five at least."""
    from bot.signals.seen import build_hit, is_known

    growth, count = seen.number("ticket_growth"), seen.number("tickets_28d")
    # The measure adds one to both sides; the usual is told without it.
    usual = (count + 1) / growth - 1
    holds = (growth >= limits["times"]) & (count >= limits["count"])
    return build_hit(holds, is_known(growth, count), count=count, usual=usual)


SIGNAL = Signal(
    key="inquiries",
    columns=("ticket_growth", "tickets_28d"),
    values=("count", "usual"),
    limits=MappingProxyType({"times": 2.5, "count": 5.0}),
    ask=ask,
)

"""Somebody answered the NPS question as a detractor."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit for two weeks after an answer of 6 or less that is its respondent's latest."""
    from bot.signals.seen import build_hit, is_known

    ago = seen.number("detractor_days")
    return build_hit(ago <= limits["days"], is_known(ago), responded_on=seen.day(ago))


SIGNAL = Signal(
    key="detractor",
    columns=("detractor_days",),
    values=("responded_on",),
    limits=MappingProxyType({"days": 14.0}),
    ask=ask,
)

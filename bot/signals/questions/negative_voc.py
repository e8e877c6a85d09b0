"""Somebody at the customer said something bad lately."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit for two weeks after the latest negative remark."""
    from bot.signals.seen import build_hit, is_known

    ago = seen.number("voc_negative_days")
    return build_hit(ago <= limits["days"], is_known(ago), said_on=seen.day(ago))


SIGNAL = Signal(
    key="negative_voc",
    columns=("voc_negative_days",),
    values=("said_on",),
    limits=MappingProxyType({"days": 14.0}),
    ask=ask,
)

"""A renewal comes near: 90, 60 and 30 days before the notice deadline, else the renewal."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit from the first step on; `step` is the nearest one reached."""
    import numpy as np

    from bot.signals.seen import Hit

    left = seen.number("days_to_deadline")
    is_notice = left == seen.number("days_to_notice")
    step = np.zeros(seen.size, dtype=np.int64)
    for name in ("first", "second", "third"):
        step[left <= limits[name]] = int(limits[name])
    values = {
        "days_left": left,
        "deadline_on": seen.day(-left),
        "is_notice": is_notice.astype(np.float64),
    }
    return Hit(step > 0, np.ones(seen.size, dtype=np.bool_), values, step=step)


SIGNAL = Signal(
    key="renewal",
    columns=("days_to_deadline", "days_to_notice"),
    values=("days_left", "deadline_on", "is_notice"),
    moving=("days_left",),
    limits=MappingProxyType({"first": 90.0, "second": 60.0, "third": 30.0}),
    ask=ask,
)

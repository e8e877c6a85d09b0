"""A measure then and now, in its own words and unit, with base and period."""

import re

from bot.core.movement import Shift
from bot.core.say import Say

# 5bd/20bd: five business days against twenty; 90d: days; anything else is of the moment.
_WINDOW = re.compile(r"(\d+)(bd|d)(?:/(\d+)(?:bd|d))?")


def render_shift(say: Say, shift: Shift) -> str:
    """Value before → now with the days it is measured over; a ceiling is told with it."""
    return say(
        "why",
        "shift",
        label=shift.label,
        was=_value(say, shift, shift.before),
        value=_value(say, shift, shift.now),
        window=render_window(say, shift.window),
        at_most=shift.at_most,
    )


def render_window(say: Say, window: str) -> str:
    """The days of a window, and those it is compared with; "" for what has none."""
    found = _WINDOW.fullmatch(window)
    if found is None:
        return ""
    count, unit, before = found.groups()
    return say("why", "window", count=count, business=unit == "bd", before_count=before or "")


def _value(say: Say, shift: Shift, value: float | None) -> str:
    return "" if value is None else say("why", f"value_{shift.unit}", value=value)

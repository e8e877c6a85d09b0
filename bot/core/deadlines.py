"""Which deadline of an account is said on which morning. Refuses to let a day itself go unsaid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.core.account_card import Renewal

# Days before a deadline on which it is said, the day itself last; each step once.
STEPS = (90, 60, 30, 14, 7, 1, 0)
# The step of a deadline on a day off, on the last digest before it.
_EVE = 1
# Somebody who has heard nothing lately is told of what comes within this many days.
FIRST_TOLD_WITHIN = 30
# Within so many days the nearest deadline is first, whatever it is worth.
NEAR = 14

NOTICE, RENEWAL, PASSED = "notice", "renewal", "passed"


@dataclass(frozen=True)
class Deadline:
    """A notice deadline or a renewal ahead; `kind` is notice, renewal, or passed (a notice)."""

    kind: str
    on: date


@dataclass(frozen=True)
class Days:
    """The digest's day, that of the one before, and the next on which there will be one."""

    today: date
    last_on: date
    next_on: date


def find_due(renewal: Renewal, days: Days, *, is_first: bool) -> tuple[Deadline, int] | None:
    """The next deadline and its step, once at each step.

    A step on a day off is said on the next digest, the last one before a deadline on a day off.
    While the customer can still give notice, that deadline speaks for the renewal behind it.
    """
    deadline = _next_deadline(renewal, days.today)
    if deadline is None:
        return None
    left, before = (deadline.on - days.today).days, (deadline.on - days.last_on).days
    crossed = [step for step in STEPS if left <= step < before]
    if not crossed and days.today < deadline.on < days.next_on:
        crossed = [_EVE]
    if not crossed and is_first and left <= FIRST_TOLD_WITHIN:
        crossed = [step for step in STEPS if left <= step]
    return (deadline, min(crossed)) if crossed else None


def find_passed(notices: Iterable[date], days: Days) -> Deadline | None:
    """The notice deadline that passed on a day without a digest; on its own day it was said."""
    passed = [on for on in notices if days.last_on < on < days.today]
    return Deadline(PASSED, max(passed)) if passed else None


def nearest_first(on: date, today: date) -> tuple[bool, int]:
    """Order of deadlines: the passed and the near ones by day, the others as they come."""
    left = (on - today).days
    return left > NEAR, min(left, NEAR)


def _next_deadline(renewal: Renewal, today: date) -> Deadline | None:
    ahead = [
        Deadline(kind, on)
        for kind, on in ((NOTICE, renewal.notice_on), (RENEWAL, renewal.renews_on))
        if on is not None and on >= today
    ]
    return min(ahead, key=lambda each: each.on, default=None)

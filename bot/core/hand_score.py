"""A score by hand over time, and beside what was measured when it was given. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.calendar import WorkCalendar
from bot.core.standing import HandScore
from bot.core.vocabulary import Band

# Where a band by hand stands on a chart of 0 to 100: inside the shipped model's edges.
POINTS = {Band.RED: 25.0, Band.YELLOW: 60.0, Band.GREEN: 85.0}
REMINDED_DAYS = 3

_RANK = {Band.RED: 0, Band.YELLOW: 1, Band.GREEN: 2}


@dataclass(frozen=True)
class Measured:
    """A measured score on a day; both unknown and None where there was none."""

    band: Band = Band.UNKNOWN
    score: float | None = None


@dataclass(frozen=True)
class HeldScore:
    """A score by hand in force: `then` was measured when it was given, `now` is."""

    id: int
    account_id: int
    name: str
    hand: HandScore
    then: Measured
    now: Measured

    @property
    def hides_a_fall(self) -> bool:
        """Whether it says better than what is measured, which has fallen since it was given.

        Where nothing was measured then, the first measured band may contradict it as well.
        """
        if self.now.band not in _RANK or _RANK[self.now.band] >= _RANK[self.hand.band]:
            return False
        return self.then.band not in _RANK or _RANK[self.now.band] < _RANK[self.then.band]

    def is_ending(self, today: date, calendar: WorkCalendar) -> bool:
        """Whether today is the last business day three days and more ahead, or one after it."""
        if not today <= self.hand.expires_on:
            return False
        left_next = (self.hand.expires_on - calendar.add_business_days(today, 1)).days
        return left_next < REMINDED_DAYS


@dataclass(frozen=True)
class Given:
    """A score by hand with its days, both included, whether or not it is still in force."""

    band: Band
    given_on: date
    expires_on: date
    known_at: datetime


def list_bands(given: Sequence[Given], days: Sequence[date]) -> list[Band | None]:
    """The band by hand that led on each day: the newest in force; None where there was none."""
    return [_led(given, on) for on in days]


def _led(given: Sequence[Given], on: date) -> Band | None:
    in_force = [each for each in given if each.given_on <= on <= each.expires_on]
    return max(in_force, key=lambda each: each.known_at).band if in_force else None

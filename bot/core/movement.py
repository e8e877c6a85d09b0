"""How a score came from an earlier day's to today's, and which measures moved it. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

# What moves a score by less is not among its reasons.
_LEAST = 1.0


@dataclass(frozen=True)
class Shift:
    """One measure then and now, named in the reader's language; None where it did not count.

    `points` is what it added to the score since, `window` the measure's own in words of the code,
    `at_most` the ceiling it has put on the score since, if it has.
    """

    label: str
    unit: str
    window: str
    before: float | None
    now: float | None
    points: float
    at_most: float | None = None


@dataclass(frozen=True)
class Movement:
    """Two scores of one account, `days` apart, and all measures that counted in either."""

    before: float
    now: float
    days: int
    shifts: Sequence[Shift] = ()

    @property
    def shown(self) -> tuple[int, int]:
        """Both scores as people see them: whole points, rounded down."""
        return floor(self.before), floor(self.now)

    def strongest(self, most: int) -> list[Shift]:
        """What moved the score the way it went: a new ceiling first, then by points."""
        sign = 1 if self.now > self.before else -1
        pulling = [
            each
            for each in self.shifts
            if each.points * sign >= _LEAST or (sign < 0 and each.at_most is not None)
        ]
        return sorted(pulling, key=lambda each: (each.at_most is None, -abs(each.points)))[:most]

"""What moved a score between two days, in tenths of a point that add up as shown. Plain values.

Refuses to compare scores of two model versions: the points of one mean nothing in the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

WEEK, CONTACT = "week", "contact"
# Tenths of a point; what moved by less is told together.
_LEAST = 5
# A score of 64.1 is stored as 64.0999…, and must not be shown as 64.0.
_GRAIN = 1e-6


def tenths(score: float) -> int:
    """A score in tenths, rounded down as people are shown scores."""
    return floor(score * 10 + _GRAIN)


@dataclass(frozen=True)
class Part:
    """A measure's points against neutral then and now, in tenths; None where it did not count.

    `is_ceiling`: not a measure but what a cap takes away, which is never more than 0.
    """

    label: str
    before: int | None
    now: int | None
    is_ceiling: bool = False

    @property
    def difference(self) -> int:
        """What it added to the score since."""
        return (self.now or 0) - (self.before or 0)


@dataclass(frozen=True)
class Comparison:
    """Today's score beside the one of an earlier day.

    `since` says what that day is (a week ago, the last contact, or both); scores are 0-100, None
    where there was too little data; `versions` and `coverages` are then and now.
    """

    since: Sequence[str]
    then_on: date
    before: float | None
    now: float
    versions: tuple[int, int]
    coverages: tuple[float, float]
    parts: Sequence[Part] = ()

    @property
    def is_alike(self) -> bool:
        """Whether the two may be compared."""
        return self.before is not None and self.versions[0] == self.versions[1]

    @property
    def difference(self) -> int:
        """Between the two scores as shown, in tenths; 0 where they cannot be compared."""
        if self.before is None or not self.is_alike:
            return 0
        return tenths(self.now) - tenths(self.before)

    def largest(self, most: int | None = None) -> list[Part]:
        """What moved it by half a point and more, largest first."""
        told = [each for each in self.parts if abs(each.difference) >= _LEAST]
        return sorted(told, key=lambda each: -abs(each.difference))[:most]

    def rest(self, most: int | None = None) -> int:
        """What the others and the rounding come to: with `largest(most)` it is the difference."""
        return self.difference - sum(each.difference for each in self.largest(most))

"""Why a score is what it is, measure by measure, and the rows behind it. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# TOO_LITTLE: something is on file, but not enough to compute the measure from.
USED, TOO_OLD, TOO_LITTLE, MISSING = "used", "too_old", "too_little", "missing"


@dataclass(frozen=True)
class Reason:
    """One measure of the account's model variant, named in the reader's language.

    `unit` is the measure's (share, days …), `points` what it adds to the neutral score; None
    unless it was used. `sources` are the kinds of facts it reads, `last_on` the day of the newest
    of them where it is known. Older than `valid_days` (business days of usage, else calendar days)
    a value is left out; None where it never is. `measure` is its name in the catalogue.
    `is_waited_for`: it is left out because its source has not come.
    """

    label: str
    meaning: str
    unit: str
    value: float | None
    points: float | None
    state: str
    sources: Sequence[str] = ()
    last_on: date | None = None
    valid_days: int | None = None
    measure: str = ""
    is_waited_for: bool = False

    @property
    def is_of_usage(self) -> bool:
        """Whether it is read from what the product counts day by day."""
        return "usage" in self.sources


@dataclass(frozen=True)
class Ceiling:
    """A rule that kept the score below `at_most`, whatever the rest says."""

    label: str
    at_most: float


@dataclass(frozen=True)
class Explanation:
    """All measures of one score: the neutral score and all points add up to it, unless capped.

    `unasked` names the model's measures that are not expected of this kind of account. `slow` are
    the slow days, oldest first, that the windows of usage stepped over.
    """

    neutral: float
    reasons: Sequence[Reason]
    ceiling: Ceiling | None = None
    unasked: Sequence[str] = ()
    slow: Sequence[date] = ()

    @property
    def used(self) -> int:
        """How many measures made the score."""
        return sum(each.state == USED for each in self.reasons)

    def downs(self, most: int | None = 3) -> list[Reason]:
        """What pulls the score down, strongest first; a pull below half a point is none."""
        pulling = [each for each in self.reasons if _points(each) <= -0.5]
        return sorted(pulling, key=_points)[:most]

    def ups(self, most: int | None = 3) -> list[Reason]:
        """What holds the score up, strongest first."""
        holding = [each for each in self.reasons if _points(each) >= 0.5]
        return sorted(holding, key=_points, reverse=True)[:most]

    def evens(self) -> list[Reason]:
        """What was used and moved nothing."""
        return [each for each in self.reasons if each.state == USED and abs(_points(each)) < 0.5]

    def left_out(self) -> list[Reason]:
        """What was too old, too little or missing."""
        return [each for each in self.reasons if each.state != USED]

    def too_old(self) -> list[Reason]:
        """What is on file and no longer counts."""
        return [each for each in self.reasons if each.state == TOO_OLD]

    def lacking(self) -> list[Reason]:
        """What nothing, or too little, is on file of."""
        return [each for each in self.reasons if each.state in (TOO_LITTLE, MISSING)]


@dataclass(frozen=True)
class Evidence:
    """A row behind a measure: what kind, when, by whom, and in which words or figure.

    `permalink` leads to the message it was taken from, where it was.
    `valid_days` is set on a row that is too old to count: only rows of so many days do.
    """

    kind: str
    on: date
    who: str = ""
    text: str = ""
    figure: float | None = None
    until_on: date | None = None
    valid_days: int | None = None
    permalink: str = ""


def _points(reason: Reason) -> float:
    return reason.points or 0.0

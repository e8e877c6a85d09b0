"""Why a score is what it is, measure by measure, in the reader's words. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One measure. `points` is what it adds to the score above or below an even share.

    `name`, `value`, `window`, `source` and `rows` are ready to read; `state` is used, stale,
    missing or not_expected, and `points` is None unless it is used.
    """

    name: str
    value: str
    points: float | None
    state: str
    window: str = ""
    source: str = ""
    rows: str = ""


@dataclass(frozen=True)
class Explanation:
    """All measures of one score, as the model lists them."""

    reasons: Sequence[Reason]

    @property
    def used(self) -> int:
        """How many measures made the score."""
        return sum(each.state == "used" for each in self.reasons)

    @property
    def expected(self) -> int:
        """How many measures the account's model variant knows."""
        return sum(each.state != "not_expected" for each in self.reasons)

    def downs(self, most: int = 3) -> list[Reason]:
        """What pulls the score down most, worst first."""
        pulling = [each for each in self.reasons if each.points is not None and each.points < 0]
        return sorted(pulling, key=_points)[:most]

    def ups(self, most: int = 3) -> list[Reason]:
        """What holds the score up most, best first."""
        holding = [each for each in self.reasons if each.points is not None and each.points > 0]
        return sorted(holding, key=_points, reverse=True)[:most]


def _points(reason: Reason) -> float:
    return reason.points or 0.0

"""What was seen of the cases of a back-test while they could still be worked on, week by week.

Refuses a look later than the least lead before a case's end, or earlier than it is watched.
"""

from dataclasses import dataclass

import numpy as np

from bot.core.back_test import LEAST_LEAD_DAYS, WATCHED_DAYS
from bot.insight.column import Flags, Floats, Whole
from bot.insight.endings import Endings

WEEK = 7
Grid = np.ndarray[tuple[int, int], np.dtype[np.float64]]
FlagGrid = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
# A fall between scores of which the later rests on less data is none.
_LEAST_COVERAGE = 0.9
_MOST = (WATCHED_DAYS - LEAST_LEAD_DAYS) // WEEK + 1


@dataclass(frozen=True)
class Looks:
    """[case][look], the latest look first; NaN where there was no score or no look.

    `coverage` is the share of the weight that had data, `ahead` the days before the period's end.
    """

    endings: Endings
    scores: Grid
    coverage: Grid
    ahead: Grid

    @classmethod
    def blank(cls, endings: Endings) -> "Looks":
        """Nothing seen yet."""
        shape = (len(endings.ended), _MOST)
        return cls(endings, *(np.full(shape, np.nan) for _ in range(3)))

    @property
    def has_score(self) -> Flags:
        """Whether a case had a score at any look."""
        return any_of(~np.isnan(self.scores))

    @property
    def falls(self) -> Grid:
        """Points lost since the look a week before, where both rest on about as much data."""
        fallen = np.full_like(self.scores, np.nan)
        rests = self.coverage[:, :-1] >= _LEAST_COVERAGE * self.coverage[:, 1:]
        fall = self.scores[:, 1:] - self.scores[:, :-1]
        fallen[:, :-1] = np.where(rests, fall, np.nan)
        return fallen

    def take(self, rows: Flags | Whole) -> "Looks":
        """Some of the cases."""
        parts = (each[rows] for each in (self.scores, self.coverage, self.ahead))
        return Looks(self.endings.take(rows), *parts)

    def find_rows(self, day: int) -> Whole:
        """The cases that are watched on a day, counted from 1970-01-01."""
        ahead = self.endings.ended - day
        return np.flatnonzero((ahead >= LEAST_LEAD_DAYS) & (ahead <= WATCHED_DAYS))

    def note(
        self, day: int, rows: Whole, account_ids: Whole, score: Floats, coverage: Floats
    ) -> None:
        """Write down what accounts (ascending) scored on a day on which `rows` are watched."""
        own = self.endings.account_ids[rows]
        at = np.minimum(np.searchsorted(account_ids, own), len(account_ids) - 1)
        rows, at = rows[account_ids[at] == own], at[account_ids[at] == own]
        ahead = self.endings.ended[rows] - day
        place = (ahead - LEAST_LEAD_DAYS) // WEEK
        self.scores[rows, place] = score[at]
        self.coverage[rows, place] = coverage[at]
        self.ahead[rows, place] = ahead


def any_of(flags: FlagGrid) -> Flags:
    """Whether a case has any flag at all."""
    return np.asarray(np.any(flags, axis=1), dtype=np.bool_)

"""Where a row of days breaks: the largest shift between two adjacent fortnights of business days.

Refuses to find one in less than half of either side's days, or in the pattern of the week.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.frame.row_sums import sum_rows

FloatArray = NDArray[np.float64]
IdArray = NDArray[np.int64]

_WEEKDAYS = 7
_LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Days:
    """[account][day], oldest first: values with 0 for none, 1 where there is one; and weekdays."""

    values: FloatArray
    present: FloatArray
    weekdays: IdArray


@dataclass(frozen=True)
class Shift:
    """By account: the shift in standard deviations (fall below 0), and the days since it.

    NaN where no two sides have days enough.
    """

    size: FloatArray
    days_ago: FloatArray


def find_shift(days: Days, side: int) -> Shift:
    """The largest difference between the means of `side` days and of the `side` days after them.

    In pooled standard deviations of the two sides. They are taken as no smaller than chance alone
    would make those of a count with the same mean (its root).
    """
    if days.values.shape[1] < 2 * side:
        nothing = np.full(len(days.values), np.nan)
        return Shift(nothing, nothing)
    level = _remove_week(days)
    sums = [_roll(part, side) for part in (days.present, level, level**2)]
    count, total, squares = ((part[:, :-side], part[:, side:]) for part in sums)
    enough = np.minimum(*count) >= _LEAST_SHARE * side
    known = [np.where(enough, each, float(side)) for each in count]
    means = [part / number for part, number in zip(total, known, strict=True)]
    left = sum(s - m * t for s, m, t in zip(squares, means, total, strict=True))
    pooled = np.maximum(left, 0.0) / (known[0] + known[1] - 2)
    chance = np.maximum((total[0] + total[1]) / (known[0] + known[1]), 0.0)
    spread = np.sqrt(np.maximum(pooled, chance))
    moved = np.divide(means[1] - means[0], spread, out=np.zeros_like(spread), where=spread > 0)
    return _largest(np.where(enough, moved, np.nan), side)


def _largest(moved: FloatArray, side: int) -> Shift:
    has_any = ~np.isnan(moved).all(axis=1)
    place = np.argmax(np.nan_to_num(np.abs(moved), nan=-1.0), axis=1)
    size = moved[np.arange(len(moved)), place]
    days_ago = (moved.shape[1] - 1 - place + side).astype(np.float64)
    return Shift(size, np.where(has_any, days_ago, np.nan))


def _roll(part: FloatArray, side: int) -> FloatArray:
    """Sums of every `side` days in a row."""
    days, starts = part.shape[1], part.shape[1] - side + 1
    ahead = np.arange(days)[:, None] - np.arange(starts)
    rolled = sum_rows(part, ((ahead >= 0) & (ahead < side)).astype(np.float64))
    return rolled


def _remove_week(days: Days) -> FloatArray:
    """Each day less its weekday's mean, plus the mean of all; 0 where there is no value."""
    is_weekday = (days.weekdays[:, None] == np.arange(_WEEKDAYS)).astype(np.float64)
    count, total = days.present @ is_weekday, sum_rows(days.values, is_weekday)
    usual = total / np.maximum(count, 1.0)
    mean = total.sum(axis=1) / np.maximum(count.sum(axis=1), 1.0)
    level: FloatArray = days.values - days.present * ((usual - mean[:, None]) @ is_weekday.T)
    return level

"""Which days a source delivered whole. Refuses to take a dead feed for silence of the customers."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]

# A business day with less than half the accounts of the twenty before it has not come whole.
_USUAL_DAYS = 20
_LEAST_SHARE = 0.5


def flag_days(first_on: date, count: int, flagged: frozenset[date]) -> BoolArray:
    """Which of `count` days from `first_on` are among `flagged`."""
    flags = np.zeros(count, dtype=np.bool_)
    places = [(on - first_on).days for on in flagged]
    flags[[place for place in places if 0 <= place < count]] = True
    return flags


def count_accounts(first_on: date, count: int, counted: Mapping[date, int]) -> NDArray[np.float64]:
    """Accounts with a value on each of `count` days from `first_on`."""
    return np.array(
        [counted.get(first_on + timedelta(days=n), 0) for n in range(count)], dtype=np.float64
    )


def find_whole(counts: NDArray[np.float64], off: BoolArray) -> BoolArray:
    """Which days came whole, given how many accounts had a value on each.

    A business day is whole with at least half of the median of the 20 business days before it,
    as far as those had any; a day off is whole with any account at all. A lasting fall of the
    number of accounts is believed after about ten days, when the median has followed.
    """
    whole: BoolArray = counts > 0
    worked = np.flatnonzero(~off)
    if not len(worked):
        return whole
    usual = _usual(counts[worked])
    whole[worked] &= ~(counts[worked] < _LEAST_SHARE * usual)
    return whole


def _usual(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of the days before each, empty ones aside; NaN while there are none."""
    padded = np.concatenate([np.full(_USUAL_DAYS, np.nan), np.where(counts > 0, counts, np.nan)])
    before = np.lib.stride_tricks.sliding_window_view(padded[:-1], _USUAL_DAYS)
    # Sorting puts what is unknown last; numpy's own median of what is known is far slower.
    ordered, known = np.sort(before, axis=1), (~np.isnan(before)).sum(axis=1)
    rows = np.flatnonzero(known)
    low, high = (known[rows] - 1) // 2, known[rows] // 2
    usual = np.full(len(counts), np.nan)
    usual[rows] = (ordered[rows, low] + ordered[rows, high]) / 2
    return usual

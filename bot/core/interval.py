"""Means with an interval, for few and uncertain figures. Refuses to give either for too few.

A difference between accounts somebody worked on and accounts nobody did is no effect: who is
worked on was chosen for a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, sqrt

# With fewer than this no mean, share or interval is given: their number is.
FEWEST = 10

# The 95 % quantile of Student's t by degrees of freedom: NIST/SEMATECH e-Handbook of Statistical
# Methods, 1.3.6.7.2. Between two rows the smaller one holds, which widens the interval.
_T_95 = {
    **{9: 1.833, 10: 1.812, 11: 1.796, 12: 1.782, 13: 1.771, 14: 1.761, 15: 1.753, 16: 1.746},
    **{17: 1.740, 18: 1.734, 19: 1.729, 20: 1.725, 21: 1.721, 22: 1.717, 23: 1.714, 24: 1.711},
    **{25: 1.708, 26: 1.706, 27: 1.703, 28: 1.701, 29: 1.699, 30: 1.697},
    **{40: 1.684, 60: 1.671, 120: 1.658},
}


@dataclass(frozen=True)
class Interval:
    """The mean of `count` figures, and where it lies at 90 % confidence."""

    count: int
    mean: float
    low: float
    high: float


def build_interval(figures: Iterable[float]) -> Interval | None:
    """The two-sided 90 % t interval of a mean: m ± t(0.95; n-1)·s/√n; None below `FEWEST`.

    s² is the sample variance with n-1. Source: NIST/SEMATECH e-Handbook of Statistical Methods,
    1.3.5.2. It takes the figures to be independent of each other and their mean to be near normal.
    """
    known = sorted(figures)
    count = len(known)
    if count < FEWEST:
        return None
    mean = fsum(known) / count
    spread = sqrt(fsum((each - mean) ** 2 for each in known) / (count - 1))
    reach = find_t(count - 1) * spread / sqrt(count)
    return Interval(count, mean, mean - reach, mean + reach)


def find_t(freedom: int) -> float:
    """The 95 % quantile of Student's t for at least nine degrees of freedom."""
    return _T_95[max(row for row in _T_95 if row <= freedom)]

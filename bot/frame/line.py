"""Straight lines through many accounts' days at once, from their sums. Refuses a single day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# Two standard errors: what lies within them is scatter.
_ERRORS = 2.0


@dataclass(frozen=True)
class Line:
    """By account: days counted, value at the first day, change per day, whether scatter may be."""

    count: FloatArray
    start: FloatArray
    slope: FloatArray
    is_beyond_scatter: NDArray[np.bool_]


def fit_line(
    *,
    count: FloatArray,
    x: FloatArray,
    xx: FloatArray,
    y: FloatArray,
    xy: FloatArray,
    yy: FloatArray,
) -> Line:
    """Least squares from the sums of each account's days; all zero where it has fewer than 3."""
    enough = count >= 3
    days = np.where(enough, count, 3.0)
    spread = np.where(enough, xx - x * x / days, 1.0)
    slope = np.where(enough, (xy - x * y / days) / spread, 0.0)
    start = np.where(enough, (y - slope * x) / days + slope, 0.0)
    left = np.maximum(yy - y * y / days - slope * slope * spread, 0.0)
    error = np.sqrt(left / (days - 2) / spread)
    return Line(count, start, slope, np.abs(slope) > _ERRORS * error)

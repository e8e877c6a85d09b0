"""Takes a common step out of a metric's days. Refuses to mend what is nearly nothing, or a flood.

While nobody has said what a break was, its days are put back to the usual level by each day's own
common factor. Once the way of counting is known to have changed, the days before it are brought
to the new level instead. What was a real change stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.core.breaks import BreakState, MetricBreak

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

# Beyond these there is too little left to put back, and the days are left out.
_LEAST, _MOST = 0.2, 5.0


@dataclass(frozen=True)
class Mending:
    """By day: what its values are multiplied with, and whether it is left out."""

    scale: FloatArray
    left_out: BoolArray

    @property
    def is_needed(self) -> bool:
        """Whether any day's values change."""
        return bool((self.scale != 1.0).any())


def build_mending(breaks: Iterable[MetricBreak], first_on: date, count: int) -> Mending:
    """For `count` days from `first_on`, by the breaks of one metric."""
    mending = Mending(np.ones(count), np.zeros(count, dtype=np.bool_))
    for each in breaks:
        if each.state is not BreakState.REAL:
            _mend(mending, each, first_on)
    return mending


def build_search_mending(breaks: Iterable[MetricBreak], first_on: date, count: int) -> Mending:
    """As a search for further breaks needs it: steps that are known are none, real ones neither."""
    mending = Mending(np.ones(count), np.zeros(count, dtype=np.bool_))
    for each in breaks:
        _mend(mending, each, first_on)
    return mending


def _mend(mending: Mending, each: MetricBreak, first_on: date) -> None:
    count = len(mending.scale)
    began = min(max((each.began_on - first_on).days, 0), count)
    is_held = each.ended_on is not None or each.state is BreakState.OPEN
    if not is_held:
        _bring(mending, slice(0, began), np.full(began, each.factor))
        return
    ended = count if each.ended_on is None else min(max((each.ended_on - first_on).days, 0), count)
    factors = np.full(count, each.factor)
    for on, factor in each.factors.items():
        if 0 <= (place := (on - first_on).days) < count:
            factors[place] = factor
    kept = np.maximum(factors[began:ended], 1e-9)
    _bring(mending, slice(began, ended), 1.0 / kept)


def _bring(mending: Mending, part: slice, by: FloatArray) -> None:
    is_sound = (by >= _LEAST) & (by <= _MOST)
    mending.scale[part] *= np.where(is_sound, by, 1.0)
    mending.left_out[part] |= ~is_sound

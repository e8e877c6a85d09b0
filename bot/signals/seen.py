"""A block of accounts as signals see it, and what they answer. Unknown is neither yes nor no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Before:
    """Scores of an earlier run; all NaN, and `on` None, where there is none to compare with.

    An account's is NaN as well where another version of the model made it, or where it rested on
    more of the data than today's: what fell away is no fall.
    """

    on: date | None
    score: FloatArray


@dataclass(frozen=True)
class Seen:
    """`score` is today's, NaN for none; below `red_below` it is red. `before`: 5 business days."""

    run_on: date
    table: pd.DataFrame
    score: FloatArray
    red_below: float
    before: Before
    # A column is asked for by many signals and playbooks, and taking it out of the table is slow.
    _taken: dict[str, FloatArray] = field(default_factory=dict)
    _words: dict[str, pd.Categorical] = field(default_factory=dict)
    _masks: dict[tuple[str, tuple[str, ...]], BoolArray] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many accounts."""
        return len(self.score)

    def number(self, column: str) -> FloatArray:
        """A column of numbers; NaN where unknown or too old."""
        if column not in self._taken:
            self._taken[column] = self.table[column].to_numpy(dtype=np.float64)
        return self._taken[column]

    def is_word(self, column: str, word: str) -> BoolArray:
        """Which accounts have that word in a column of words."""
        return self.is_one_of(column, (word,))

    def is_one_of(self, column: str, words: Sequence[str]) -> BoolArray:
        """Which accounts have one of these words in a column of words."""
        asked = (column, tuple(words))
        if asked not in self._masks:
            held = self._held(column)
            codes = [code for code, word in enumerate(held.categories) if word in words]
            self._masks[asked] = np.isin(held.codes, codes)
        return self._masks[asked]

    def has_word(self, column: str) -> BoolArray:
        """Which accounts have any word in a column of words."""
        known: BoolArray = self._held(column).codes >= 0
        return known

    def _held(self, column: str) -> pd.Categorical:
        if column not in self._words:
            self._words[column] = pd.Categorical(self.table[column])
        return self._words[column]

    def day(self, days_ago: FloatArray) -> FloatArray:
        """The day so many days before the run, counted from 1970-01-01."""
        return (self.run_on - date(1970, 1, 1)).days - days_ago


@dataclass(frozen=True)
class Hit:
    """`holds` where the signal is there, `known` where that can be told at all.

    `values` explain it, by name; days (`…_on`) count from 1970-01-01. `step` tells stages apart.
    A fall is over when what fell has come back, not when it stops falling: where `now` and `level`
    are given, a hit lasts until `now` is at least the level it had when the hit began.
    """

    holds: BoolArray
    known: BoolArray
    values: Mapping[str, FloatArray]
    step: IntArray | None = None
    now: FloatArray | None = None
    level: FloatArray | None = None


def build_hit(holds: BoolArray, known: BoolArray, **values: FloatArray) -> Hit:
    """A hit without stages, which ends as soon as it does not hold."""
    return Hit(holds & known, known, values)


def is_known(*columns: FloatArray) -> BoolArray:
    """Where none of the columns is NaN."""
    known = ~np.isnan(columns[0])
    for column in columns[1:]:
        known &= ~np.isnan(column)
    return known

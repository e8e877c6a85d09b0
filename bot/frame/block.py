"""A block of accounts as arrays: what the measures compute from. NaN is unknown, never 0."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.core.vocabulary import Touch
from bot.frame.usage import Usage

FloatArray = NDArray[np.float64]
IdArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
# A word of a closed set per account.
Words = pd.Categorical

_EPOCH = date(1970, 1, 1)
T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """One value per account; `too_old` marks those that have outlived their validity."""

    values: FloatArray | Words
    too_old: BoolArray | None = None


@dataclass(frozen=True)
class Rows:
    """Facts of one kind: `place` is each row's account as its position in the block.

    Numbers and days are float64 with NaN for none; days count from 1970-01-01. Words are lists.
    """

    size: int
    place: IdArray
    numbers: Mapping[str, FloatArray]
    words: Mapping[str, list[str | None]]

    def spread(self, name: str) -> FloatArray:
        """A number of which each account has at most one row; NaN for accounts without."""
        spread = np.full(self.size, np.nan)
        spread[self.place] = self.numbers[name]
        return spread

    def sum(self, values: FloatArray) -> FloatArray:
        """`values`, one a row, summed by account; 0 for accounts without rows."""
        summed = np.bincount(self.place, weights=values, minlength=self.size)
        return summed.astype(np.float64, copy=False)

    def largest(self, values: FloatArray) -> FloatArray:
        """The largest of `values`, one a row, by account; NaN for accounts without rows."""
        largest = np.full(self.size, np.nan)
        np.fmax.at(largest, self.place, values)
        return largest

    def take(self, chosen: BoolArray) -> "Rows":
        """The `chosen` rows alone."""
        kept = np.flatnonzero(chosen)
        return Rows(
            size=self.size,
            place=self.place[kept],
            numbers={name: values[kept] for name, values in self.numbers.items()},
            words={name: [words[row] for row in kept] for name, words in self.words.items()},
        )

    def has_any(self, chosen: BoolArray | None = None) -> BoolArray:
        """Whether an account has any row, or any of the `chosen` ones."""
        place = self.place if chosen is None else self.place[chosen]
        flags = np.zeros(self.size, dtype=np.bool_)
        flags[place] = True
        return flags

    def weigh(self, name: str, weights: Mapping[str, float], usual: float) -> FloatArray:
        """A weight for each row by its word `name`; `usual` for words that have none."""
        found = [weights.get(word or "", usual) for word in self.words[name]]
        return np.array(found, dtype=np.float64)

    def mean(self, values: FloatArray, weights: FloatArray) -> FloatArray:
        """The weighted mean of `values`, one a row, by account; NaN where nothing weighs."""
        total = self.sum(weights)
        mean: FloatArray = np.full(self.size, np.nan)
        np.divide(self.sum(weights * values), total, out=mean, where=total > 0)
        return mean


@dataclass(frozen=True)
class Block:
    """Accounts in the order of `account_ids`, as they stood at the start of `run_on`.

    `worked_days` are the last business days before the run where the company is at home, counted
    from 1970-01-01 and ascending. `facts` holds the kinds the workspace has at all: a kind that
    is not there is unknown for everybody, a kind that is there says 0 of an account without rows.
    `usage` is of the last 90 days, `long_usage` of the last 200 where a measure asked for them.
    `persons_until` is the last day on which any person's own login came; NaN for none.
    `contact_days` are those between contacts that ops has chosen for a way of serving. `late`
    are the kinds of facts whose source should have come by now: what rests on them is left out.
    """

    account_ids: IdArray
    run_on: date
    accounts: Mapping[str, FloatArray | Words]
    usage: Usage
    facts: Mapping[str, Rows]
    worked_days: FloatArray
    long_usage: Usage
    persons_until: float
    contact_days: Mapping[Touch, int] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    _known: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def size(self) -> int:
        """How many accounts."""
        return len(self.account_ids)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What several measures ask for, made by the first of them."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    def age(self, days: FloatArray) -> FloatArray:
        """Days from `days` (counted from 1970-01-01) to the run."""
        return (self.run_on - _EPOCH).days - days

    def worked_since(self, days: FloatArray) -> FloatArray:
        """How many of `worked_days` lie after `days` (counted from 1970-01-01); NaN stays NaN."""
        after = len(self.worked_days) - np.searchsorted(self.worked_days, days, side="right")
        return np.where(np.isnan(days), np.nan, after)

    def number(self, name: str) -> FloatArray:
        """A numeric fact of the accounts themselves."""
        values = self.accounts[name]
        assert isinstance(values, np.ndarray)
        return values

    def place(self, name: str, known: type[StrEnum]) -> IdArray:
        """Each account's word of the accounts themselves as its place in `known`; -1 for none."""
        words = self.accounts[name]
        assert isinstance(words, pd.Categorical)
        order = {each.value: number for number, each in enumerate(known)}
        places = [order.get(str(word), -1) for word in words.categories]
        found: IdArray = np.array([*places, -1], dtype=np.int64)[words.codes]
        return found

    def seats(self) -> FloatArray:
        """Seats of the running contracts; what the account list says where they name none."""
        listed, licences = self.number("seats"), self.facts.get("licences")
        if licences is None:
            return listed
        signed = licences.sum(licences.numbers["seats"])
        return np.where(signed > 0, signed, listed)

    def of_usage(
        self, metric: str, compute: Callable[[Usage], FloatArray], valid_days: int
    ) -> Column:
        """What `compute` makes of the use, too old as soon as the metric's source is.

        Unknown where no day of the metric has come; `valid_days` are business days.
        """
        if not self.usage.has(metric):
            return self.unknown()
        late = self.usage.is_late(metric, valid_days)
        return Column(compute(self.usage), np.full(self.size, late))

    def unknown(self) -> Column:
        """Nothing is known of anybody."""
        return Column(np.full(self.size, np.nan))

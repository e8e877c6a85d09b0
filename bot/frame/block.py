"""A block of accounts as arrays: what the measures compute from. NaN is unknown, never 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.frame.usage import Usage

FloatArray = NDArray[np.float64]
IdArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
# A word of a closed set per account.
Words = pd.Categorical

_EPOCH = date(1970, 1, 1)


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


@dataclass(frozen=True)
class Block:
    """Accounts in the order of `account_ids`, as they stood at the start of `run_on`.

    `worked_days` are the last business days before the run where the company is at home, counted
    from 1970-01-01 and ascending. `facts` holds the kinds the workspace has at all: a kind that
    is not there is unknown for everybody, a kind that is there says 0 of an account without rows.
    """

    account_ids: IdArray
    run_on: date
    accounts: Mapping[str, FloatArray | Words]
    usage: Usage
    facts: Mapping[str, Rows]
    worked_days: FloatArray

    @property
    def size(self) -> int:
        """How many accounts."""
        return len(self.account_ids)

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

    def seats(self) -> FloatArray:
        """Seats of the running contracts; what the account list says where they name none."""
        listed, licences = self.number("seats"), self.facts.get("licences")
        if licences is None:
            return listed
        signed = licences.sum(licences.numbers["seats"])
        return np.where(signed > 0, signed, listed)

    def unknown(self) -> Column:
        """Nothing is known of anybody."""
        return Column(np.full(self.size, np.nan))

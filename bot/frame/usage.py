"""Daily usage of a block, asked by windows of business days. Refuses to take missing for zero.

A window's days are worked in the account's country and came whole from the source; a normal New
Year is therefore no drop, and a dead feed only ends the window earlier. Where a source never
writes a zero, a whole day it leaves out is one on which nothing happened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.metrics import MetricKind

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IdArray = NDArray[np.int64]

# A mean over less than half of its days says too little.
_LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Metric:
    """A metric of the block. `late_days`: business days its source is behind the run."""

    name: str
    kind: MetricKind
    is_key: bool
    says_zero: bool
    whole: BoolArray
    late_days: int


@dataclass(frozen=True)
class _Table:
    """[account][day]: values with 0 for none, and 1 where there is a value."""

    values: FloatArray
    present: FloatArray


class Usage:
    """`values` are [account][metric][day]; `off` is [country][day], `countries` by account."""

    def __init__(
        self,
        values: NDArray[np.floating],
        metrics: Sequence[Metric],
        off: BoolArray,
        countries: IdArray,
    ) -> None:
        self._values = values
        self._metrics = {metric.name: (place, metric) for place, metric in enumerate(metrics)}
        self._worked = ~off
        self._countries = countries
        self._present_countries = np.unique(countries)
        self._tables: dict[str, _Table] = {}

    def has(self, name: str) -> bool:
        """Whether any day of the metric came."""
        return name in self._metrics and bool(self._metrics[name][1].whole.any())

    def key_metrics(self) -> list[str]:
        """Metrics that count uses of key features."""
        return [name for name, (_, metric) in self._metrics.items() if metric.is_key]

    def is_late(self, name: str, allowed_days: int) -> bool:
        """Whether the metric's source is more than so many business days behind the run."""
        return self._metrics[name][1].late_days > allowed_days

    def mean(self, name: str, days: int, *, skip: int = 0) -> FloatArray:
        """Mean per business day over `days` of them, the last `skip` left aside.

        NaN where less than half of the days have a value.
        """
        table = self._table(name)
        return self._windowed(name, days, skip, table.values, table.present)

    def share_used(self, name: str, days: int) -> FloatArray:
        """Share of the last `days` business days on which the metric was above zero."""
        table = self._table(name)
        used = (table.values > 0).astype(np.float64)
        return self._windowed(name, days, 0, used, table.present)

    def total(self, name: str, days: int) -> FloatArray:
        """Sum over the last `days` calendar days the source delivered; NaN without any value."""
        table, whole = self._table(name), np.flatnonzero(self._metrics[name][1].whole)
        end = int(whole[-1]) + 1 if len(whole) else 0
        part = slice(max(0, end - days), end)
        has_any = table.present[:, part].any(axis=1)
        total: FloatArray = np.where(has_any, table.values[:, part].sum(axis=1), np.nan)
        return total

    def days_unused(self, name: str) -> FloatArray:
        """Business days since the metric was last above zero, up to its last known day.

        NaN for accounts without a value; the whole window's days where it never was.
        """
        table = self._table(name)
        last_used = _last(table.values > 0)
        last_known = _last(table.present > 0)

        def count(country: int, rows: IdArray | slice) -> FloatArray:
            worked = self._worked[country] & self._metrics[name][1].whole
            upto = np.concatenate([[0], np.cumsum(worked)]).astype(np.float64)
            return upto[last_known[rows] + 1] - upto[last_used[rows] + 1]

        unused: FloatArray = np.where(last_known >= 0, self._by_country(count), np.nan)
        return unused

    def _windowed(
        self, name: str, days: int, skip: int, values: FloatArray, present: FloatArray
    ) -> FloatArray:
        def average(country: int, rows: IdArray | slice) -> FloatArray:
            window = self._window(name, country, days, skip)
            if window is None:
                return np.full(len(self._countries[rows]), np.nan)
            part, weights = window
            known = np.einsum("ad,d->a", present[rows, part], weights)
            summed = np.einsum("ad,d->a", values[rows, part], weights)
            enough = known >= _LEAST_SHARE * days
            mean: FloatArray = np.divide(
                summed, known, out=np.full(len(known), np.nan), where=enough
            )
            return mean

        return self._by_country(average)

    def _window(
        self, name: str, country: int, days: int, skip: int
    ) -> tuple[slice, FloatArray] | None:
        """The window's stretch of days, and 1 for those that count."""
        meant = np.flatnonzero(self._worked[country] & self._metrics[name][1].whole)
        meant = meant[max(0, len(meant) - skip - days) : max(0, len(meant) - skip)]
        if not len(meant):
            return None
        weights = np.zeros(meant[-1] - meant[0] + 1)
        weights[meant - meant[0]] = 1.0
        return slice(int(meant[0]), int(meant[-1]) + 1), weights

    def _by_country(self, ask: Callable[[int, IdArray | slice], FloatArray]) -> FloatArray:
        if len(self._present_countries) == 1:
            return ask(int(self._present_countries[0]), slice(None))
        answers = np.full(len(self._countries), np.nan)
        for country in self._present_countries:
            rows = np.flatnonzero(self._countries == country)
            answers[rows] = ask(int(country), rows)
        return answers

    def _table(self, name: str) -> _Table:
        if name not in self._tables:
            place, metric = self._metrics[name]
            self._tables[name] = _fill(self._values[:, place, :], metric)
        return self._tables[name]


def _fill(values: NDArray[np.floating], metric: Metric) -> _Table:
    present = ~np.isnan(values)
    filled = np.where(present, values, 0).astype(np.float64)
    if not metric.says_zero and metric.kind is not MetricKind.LEVEL:
        present |= np.logical_or.accumulate(present, axis=1) & metric.whole
    return _Table(filled, present.astype(np.float64))


def _last(flags: BoolArray) -> IdArray:
    """Position of each account's last flagged day; -1 without one."""
    last = flags.shape[1] - 1 - np.argmax(flags[:, ::-1], axis=1)
    return np.where(flags.any(axis=1), last, -1)

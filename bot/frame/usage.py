"""Daily usage of a block, asked by windows of business days. Refuses to take missing for zero.

A window's days are worked in the account's country and came whole from the source; a normal New
Year is therefore no drop, and a dead feed only ends the window earlier. Where a source never
writes a zero, a whole day it leaves out is one on which nothing happened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.core.metrics import MetricKind
from bot.frame.line import fit_line
from bot.frame.metric import Metric
from bot.frame.row_sums import sum_rows
from bot.frame.shift import Days
from bot.frame.tables import Tables

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IdArray = NDArray[np.int64]

# A mean over less than half of its days says too little.
_LEAST_SHARE = 0.5
_WEEK = 7


class Usage:
    """`values` are [account][metric][day]; `off` is [country][day], `countries` by account.

    `weekday` is that of the first day, Monday 0.
    """

    def __init__(
        self,
        values: NDArray[np.floating],
        metrics: Sequence[Metric],
        off: BoolArray,
        countries: IdArray,
        weekday: int = 0,
    ) -> None:
        self._values = values
        self._metrics = {metric.name: (place, metric) for place, metric in enumerate(metrics)}
        self._worked = ~off
        self._countries = countries
        self._weekdays = (weekday + np.arange(off.shape[1])) % _WEEK
        self._tables = Tables(values, self._metrics)

    def last(self, days: int) -> "Usage":
        """The same accounts and metrics, of the last `days` calendar days alone."""
        held = self._worked.shape[1]
        if days >= held:
            return self
        metrics = [
            replace(metric, whole=metric.whole[-days:]) for _, metric in self._metrics.values()
        ]
        return Usage(
            self._values[:, :, -days:],
            metrics,
            ~self._worked[:, -days:],
            self._countries,
            int(self._weekdays[held - days]),
        )

    def has(self, name: str) -> bool:
        """Whether any day of the metric came."""
        return name in self._metrics and bool(self._metrics[name][1].whole.any())

    def key_metrics(self) -> list[str]:
        """Metrics that count uses of key features."""
        return [name for name, (_, metric) in self._metrics.items() if metric.is_key]

    def find_main(self) -> str | None:
        """The metric that stands for use: key feature use where any came, else logins."""
        names = (*self.key_metrics(), "logins")
        return next((name for name in names if self.has(name)), None)

    def adds_up(self, name: str) -> bool:
        """Whether the metric's days may be summed."""
        return self._metrics[name][1].kind is MetricKind.ADDITIVE

    def is_late(self, name: str, allowed_days: int) -> bool:
        """Whether the metric's source is more than so many business days behind the run."""
        return self._metrics[name][1].late_days > allowed_days

    def mean(self, name: str, days: int, *, skip: int = 0) -> FloatArray:
        """Mean per business day over `days` of them, the last `skip` left aside.

        NaN where less than half of the days have a value.
        """
        part, weights = self._window(name, days, skip)
        table = self._tables.read(name, part)
        return self._average(table.values, table.present, weights, days)

    def share_used(self, name: str, days: int, *, skip: int = 0) -> FloatArray:
        """Share of `days` business days, the last `skip` left aside, above zero."""
        part, weights = self._window(name, days, skip)
        table = self._tables.read(name, part)
        used = (table.values > 0).astype(np.float64)
        return self._average(used, table.present, weights, days)

    def total(self, name: str, days: int) -> FloatArray:
        """Sum over the last `days` calendar days the source delivered; NaN without any value."""
        whole = np.flatnonzero(self._metrics[name][1].whole)
        end = int(whole[-1]) + 1 if len(whole) else 0
        table = self._tables.read(name, slice(max(0, end - days), end))
        has_any = table.present.any(axis=1)
        total: FloatArray = np.where(has_any, table.values.sum(axis=1), np.nan)
        return total

    def is_used(self, name: str) -> FloatArray:
        """1 for accounts with any value above zero, 0 for those with none; NaN without a value."""
        table = self._tables.read(name, slice(0, self._worked.shape[1]))
        used = (table.values > 0).any(axis=1).astype(np.float64)
        return np.where(table.present.any(axis=1), used, np.nan)

    def days_unused(self, name: str) -> FloatArray:
        """Business days since the metric was last above zero, up to its last known day.

        NaN for accounts without a value; the whole window's days where it never was.
        """
        table = self._tables.read(name, slice(0, self._worked.shape[1]))
        last_used = _last(table.values > 0)
        last_known = _last(table.present > 0)
        upto, countries = self._worked_upto(name), self._countries
        unused = upto[countries, last_known + 1] - upto[countries, last_used + 1]
        known: FloatArray = np.where(last_known >= 0, unused.astype(np.float64), np.nan)
        return known

    def days_known(self, name: str) -> FloatArray:
        """Business days from each account's first known day to the window's end; NaN without."""
        upto = self._worked_upto(name)
        first, days = self._tables.first_day(name), self._worked.shape[1]
        place = np.minimum(first, days)
        known = upto[self._countries, -1] - upto[self._countries, place]
        return np.where(first < days, known.astype(np.float64), np.nan)

    def share_until_last(self, name: str) -> FloatArray:
        """Share of business days above zero, from the first known day to the last one above zero.

        NaN for accounts that were never above zero.
        """
        table = self._tables.read(name, slice(0, self._worked.shape[1]))
        worked = self._worked & self._metrics[name][1].whole
        used = self._own((table.values > 0).astype(np.float64) @ worked.T.astype(np.float64))
        upto, countries = self._worked_upto(name), self._countries
        last = _last(table.values > 0)
        first = np.minimum(self._tables.first_day(name), last + 1)
        asked = (upto[countries, last + 1] - upto[countries, first]).astype(np.float64)
        share: FloatArray = np.full(len(used), np.nan)
        return np.divide(used, asked, out=share, where=asked > 0)

    def slope(self, name: str, days: int, *, least: float) -> FloatArray:
        """Change along the straight line through the last `days` business days, of its start.

        0 where the slope is less than two of its standard errors. NaN where less than half of the
        days have a value, or where the line starts below `least` a day.
        """
        part, weights = self._window(name, days, 0)
        table, at = self._tables.read(name, part), np.cumsum(weights, axis=0)
        powers = np.hstack([weights, weights * at, weights * at**2])
        days_counted, x, xx = np.hsplit(table.present @ powers, 3)
        y, xy, _ = np.hsplit(sum_rows(table.values, powers), 3)
        line = fit_line(
            count=self._own(days_counted),
            x=self._own(x),
            xx=self._own(xx),
            y=self._own(y),
            xy=self._own(xy),
            yy=self._own(sum_rows(table.values**2, weights)),
        )
        enough = (line.count >= _LEAST_SHARE * days) & (line.start >= least)
        change = line.slope * (days - 1)
        told = np.where(line.is_beyond_scatter, change, 0.0)
        share: FloatArray = np.full(len(told), np.nan)
        return np.divide(told, line.start, out=share, where=enough)

    def change(self, name: str, days: int, before: int, *, least: float) -> FloatArray:
        """Change of the last `days` business days against the `before` ones ahead of them.

        A day is held against the mean of the same weekday in those before, so that a window that
        holds other weekdays than its base says nothing by that. NaN where less than half of
        either's days have a value, or where less than `least` a day was to be expected.
        """
        # The earlier window first: its table holds the later one's days as well.
        past, past_days = self._by_weekday(name, before, days)
        now, now_days = self._by_weekday(name, days, 0)
        enough = (now_days.sum(axis=1) >= _LEAST_SHARE * days) & (
            past_days.sum(axis=1) >= _LEAST_SHARE * before
        )
        usual = np.divide(past, past_days, out=np.zeros_like(past), where=past_days > 0)
        is_comparable = past_days > 0
        expected = (usual * now_days).sum(axis=1)
        counted = (now_days * is_comparable).sum(axis=1)
        enough &= (expected > 0) & (expected >= least * counted)
        share: FloatArray = np.full(len(expected), np.nan)
        np.divide((now * is_comparable).sum(axis=1), expected, out=share, where=enough)
        return share - 1.0

    def read_days(self, name: str, days: int) -> Iterator[tuple[IdArray, Days]]:
        """The last `days` business days, for the accounts (places) of each country together."""
        meant = self._worked & self._metrics[name][1].whole
        table = self._tables.read(name, slice(0, meant.shape[1]))
        for country, worked in enumerate(meant):
            mine, found = np.flatnonzero(self._countries == country), np.flatnonzero(worked)[-days:]
            if len(mine):
                values, present = (part[:, found][mine] for part in (table.values, table.present))
                yield mine, Days(values, present, self._weekdays[found])

    def _by_weekday(self, name: str, days: int, skip: int) -> tuple[FloatArray, FloatArray]:
        """[account][weekday]: sums of a window's days, and how many of them have a value."""
        part, weights = self._window(name, days, skip)
        table = self._tables.read(name, part)
        is_weekday = self._weekdays[part, None] == np.arange(_WEEK)
        by_weekday = weights[:, :, None] * is_weekday[:, None, :]
        # Not -1: of a history that is shorter than the window no day is left to reckon it from.
        by_weekday = by_weekday.reshape(len(weights), weights.shape[1] * _WEEK)
        past = sum_rows(table.values, by_weekday)
        return self._own_week(past), self._own_week(table.present @ by_weekday)

    def _own_week(self, by_country: FloatArray) -> FloatArray:
        """Of [account][country and weekday], each account's own country."""
        week = by_country.reshape(len(by_country), -1, _WEEK)
        own: FloatArray = week[np.arange(len(week)), self._countries]
        return own

    def _worked_upto(self, name: str) -> IdArray:
        """[country][day]: business days that came whole before each day, and before the end."""
        worked = self._worked & self._metrics[name][1].whole
        return np.cumsum(np.pad(worked, ((0, 0), (1, 0))), axis=1)

    def _average(
        self, values: FloatArray, present: FloatArray, weights: FloatArray, days: int
    ) -> FloatArray:
        known, summed = self._own(present @ weights), self._own(sum_rows(values, weights))
        enough = known >= _LEAST_SHARE * days
        mean: FloatArray = np.divide(summed, known, out=np.full(len(known), np.nan), where=enough)
        return mean

    def _window(self, name: str, days: int, skip: int) -> tuple[slice, FloatArray]:
        """The stretch of days that holds the window of every country, and 1 where a day counts."""
        meant = self._worked & self._metrics[name][1].whole
        later = np.cumsum(meant[:, ::-1], axis=1)[:, ::-1]
        meant &= (later > skip) & (later <= skip + days)
        used = np.flatnonzero(meant.any(axis=0))
        part = slice(int(used[0]), int(used[-1]) + 1) if len(used) else slice(0, 0)
        return part, meant[:, part].T.astype(np.float64)

    def _own(self, by_country: FloatArray) -> FloatArray:
        """Of [account][country], each account's own."""
        if by_country.shape[1] == 1:
            return by_country[:, 0]
        return by_country[np.arange(len(by_country)), self._countries]


def _last(flags: BoolArray) -> IdArray:
    """Position of each account's last flagged day; -1 without one."""
    last = flags.shape[1] - 1 - np.argmax(flags[:, ::-1], axis=1)
    return np.where(flags.any(axis=1), last, -1)

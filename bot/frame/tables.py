"""Daily values of a block by metric, each made once for as many days as anybody asked for.

Refuses to take missing for zero, unless the source never writes a zero: then a whole day that it
leaves out is one, from the account's first day on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.metrics import MetricKind
from bot.frame.metric import Metric

FloatArray = NDArray[np.float64]
IdArray = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """[account][day]: values with 0 for none, and 1 where there is a value."""

    values: FloatArray
    present: FloatArray


class Tables:
    """`values` are [account][metric][day]; `metrics` by name with their place."""

    def __init__(
        self, values: NDArray[np.floating], metrics: Mapping[str, tuple[int, Metric]]
    ) -> None:
        self._values = values
        self._metrics = metrics
        self._made: dict[str, tuple[int, Table]] = {}
        self._first_days: dict[str, IdArray] = {}

    def read(self, name: str, part: slice) -> Table:
        """A stretch of days of one metric."""
        start = part.start if part.stop > part.start else self._values.shape[2]
        made = self._made.get(name)
        if made is None or made[0] > start:
            made = self._made[name] = start, self._make(name, start)
        first, table = made
        inside = slice(part.start - first, part.stop - first) if part.stop > part.start else part
        return Table(table.values[:, inside], table.present[:, inside])

    def first_day(self, name: str) -> IdArray:
        """Each account's first day with a value; beyond the last day where there is none."""
        if name not in self._first_days:
            known = ~np.isnan(self._values[:, self._metrics[name][0], :])
            first = np.where(known.any(axis=1), known.argmax(axis=1), known.shape[1])
            self._first_days[name] = first
        return self._first_days[name]

    def _make(self, name: str, start: int) -> Table:
        """All days from `start` to the end."""
        place, metric = self._metrics[name]
        values = self._values[:, place, start:].astype(np.float64)
        missing = np.isnan(values)
        np.copyto(values, 0.0, where=missing)
        present = ~missing
        if not metric.says_zero and metric.kind is not MetricKind.LEVEL:
            days = np.arange(start, self._values.shape[2])
            present |= (days >= self.first_day(name)[:, None]) & metric.whole[start:]
        return Table(values, present.astype(np.float64))

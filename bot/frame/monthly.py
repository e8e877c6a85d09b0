"""Monthly figures, which stay monthly: the last whole month and the one before it."""

from dataclasses import dataclass

import numpy as np

from bot.frame.block import Block, BoolArray, FloatArray, Rows

# A month's figure is believed until the figure of the next should long be there.
_VALID_DAYS = 75


@dataclass(frozen=True)
class Months:
    """Last month's value, the one of the month before, both by account; and which are too old."""

    last: FloatArray
    last_per_day: FloatArray
    before_per_day: FloatArray
    too_old: BoolArray


def read_months(block: Block, metric: str) -> Months | None:
    """The two latest months of a metric; None where the workspace has no monthly figures of it.

    Per-day values divide by the month's business days: May is not a bad month.
    """
    rows = block.facts.get("monthly")
    if rows is None or metric not in rows.words["metric"]:
        return None
    meant = np.array([name == metric for name in rows.words["metric"]])
    newest = Rows(rows.size, rows.place[meant], {}, {}).largest(rows.numbers["month_on"][meant])
    last, last_per_day = _value_of(rows, meant, newest)
    _, before_per_day = _value_of(rows, meant, newest, months_back=1)
    return Months(last, last_per_day, before_per_day, block.age(newest) > _VALID_DAYS)


def _value_of(
    rows: Rows, meant: BoolArray, newest: FloatArray, months_back: int = 0
) -> tuple[FloatArray, FloatArray]:
    back = _months(newest)[rows.place] - _months(rows.numbers["month_on"])
    chosen = meant & (back == months_back)
    value, per_day = np.full(rows.size, np.nan), np.full(rows.size, np.nan)
    value[rows.place[chosen]] = rows.numbers["value"][chosen]
    worked = np.maximum(rows.numbers["worked_days"][chosen], 1)
    per_day[rows.place[chosen]] = rows.numbers["value"][chosen] / worked
    return value, per_day


def _months(days: FloatArray) -> FloatArray:
    """Number of the month a day (from 1970-01-01) lies in; NaN stays NaN."""
    known = np.nan_to_num(days).astype("datetime64[D]").astype("datetime64[M]").astype(np.float64)
    return np.where(np.isnan(days), np.nan, known)

"""Usage of a thousand accounts as one matrix [account][metric][day].

Refuses to hold more than a bounded number of cells: outlying days make more, smaller matrices.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.ingest.bulk.repeats import Keys, Repeats, find_repeats
from bot.ingest.bulk.spool import Records

# float32 tells whole numbers apart up to here.
_FLOAT32_WHOLE = float(2**24)
_CELLS = 8_000_000  # 64 MB of float64 at most
Values = npt.NDArray[np.float32] | npt.NDArray[np.float64]


@dataclass(slots=True)
class Matrix:
    """`values[i]` is account number `first_account + i`; `first_day` days since 1970-01-01.

    NaN is nothing said; `deleted` marks wishes to delete, None where there are none.
    """

    first_account: int
    first_day: int
    values: Values
    deleted: npt.NDArray[np.bool_] | None


def find_partition_repeats(records: Records, metrics: int) -> Repeats:
    """Repeats among the records of a partition."""
    return find_repeats(records, _keys(records, metrics))


def build_matrices(
    records: Records, first: int, accounts: int, metrics: int, joined: bool
) -> Iterator[Matrix]:
    """Matrices of the accounts numbered from `first` on; `metrics` of a long file, 1 where every
    record carries all of them.  `joined`: some records complete each other.
    """
    step = _accounts_at_once(records, metrics, accounts)
    for start in range(first, first + accounts, step):
        count = min(step, first + accounts - start)
        inside = (records["account"] >= start) & (records["account"] < start + count)
        part = records if count == accounts else records[inside]
        yield _matrix(part, start, count, metrics, joined)


def _keys(records: Records, metrics: int) -> Keys:
    day = records["day"].astype(np.int64)
    span = int(day.max() - day.min()) + 1 if len(day) else 1
    account = records["account"].astype(np.int64)
    keys: Keys = (account * metrics + records["metric"]) * span + (day - day.min())
    return keys


def _accounts_at_once(records: Records, metrics: int, accounts: int) -> int:
    width = metrics * records["values"].shape[1]
    fitting: int = _CELLS // max(1, width * _span(records))
    return max(1, min(accounts, fitting))


def _span(records: Records) -> int:
    days = records["day"]
    return int(days.max()) - int(days.min()) + 1 if len(days) else 1


def _matrix(records: Records, first: int, accounts: int, metrics: int, joined: bool) -> Matrix:
    columns, span = records["values"].shape[1], _span(records)
    first_day = int(records["day"].min()) if len(records) else 0
    at = ((records["account"] - first).astype(np.int64) * metrics + records["metric"]) * span + (
        records["day"] - first_day
    )
    big = len(records) and np.nanmax(records["values"], initial=0.0) >= _FLOAT32_WHOLE
    flat = np.full((accounts * metrics * span, columns), np.nan, np.float64 if big else np.float32)
    deleted = _scattered(flat, at, records, joined)
    shape = (accounts, metrics, span, columns)
    width = (accounts, metrics * columns, span)
    values = np.ascontiguousarray(flat.reshape(shape).transpose(0, 1, 3, 2)).reshape(width)
    if deleted is not None:
        deleted = deleted.reshape(shape).transpose(0, 1, 3, 2).reshape(width)
    return Matrix(first, first_day, values, deleted)


def _scattered(
    flat: Values, at: Keys, records: Records, joined: bool
) -> npt.NDArray[np.bool_] | None:
    """Put values in place column by column, so that rows completing each other are joined."""
    if not joined:
        flat[at] = records["values"]
    else:
        for column in range(flat.shape[1]):
            told = ~np.isnan(records["values"][:, column])
            flat[at[told], column] = records["values"][told, column]
    if not records["deleted"].any():
        return None
    deleted = np.zeros(flat.shape, bool)
    rows, columns = np.nonzero(records["deleted"])
    deleted[at[rows], columns] = True
    return deleted

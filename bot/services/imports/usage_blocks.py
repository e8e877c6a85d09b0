"""Daily usage as arrays: from rows to blocks of accounts, and what a block would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.store.bulk.chunks import FloatArray
from bot.store.bulk.usage_read import has_usage, read_window
from bot.store.metrics import list_packings
from bot.store.unit import Unit

# A block is one transaction: 250 accounts of a year and a half are some 50 ms.
ACCOUNTS_A_BLOCK = 250


@dataclass(frozen=True)
class UsageBlock:
    """Values [account][metric][day]; `said` marks those the file speaks of (a NaN deletes)."""

    metrics: tuple[str, ...]
    account_ids: NDArray[np.int64]
    first_on: date
    values: FloatArray
    said: NDArray[np.bool_]

    @property
    def last_on(self) -> date:
        """The last day of `values`."""
        return self.first_on + timedelta(days=self.values.shape[2] - 1)


@dataclass(frozen=True)
class Counts:
    """Days of accounts by what would become of them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


def cut_blocks(frame: pd.DataFrame) -> Iterator[UsageBlock]:
    """Blocks of linked rows `account_ref, account_id, metric, on, value`, accounts ascending.

    Where a file knows an account by two references, the last by spelling holds.
    """
    if frame.empty:
        return
    frame = frame.sort_values("account_ref", kind="stable")
    metrics = tuple(sorted(frame["metric"].unique()))
    days = pd.to_datetime(frame["on"]).to_numpy().astype("datetime64[D]")
    first, last = days.min(), days.max()
    length = int((last - first).astype(int)) + 1
    accounts = np.unique(frame["account_id"].to_numpy())
    at_metric = frame["metric"].map({name: at for at, name in enumerate(metrics)}).to_numpy()
    at_account = np.searchsorted(accounts, frame["account_id"].to_numpy())
    at_day = (days - first).astype(int)
    values = frame["value"].to_numpy(dtype=np.float64)
    order = np.argsort(at_account, kind="stable")
    for start in range(0, len(accounts), ACCOUNTS_A_BLOCK):
        ids = accounts[start : start + ACCOUNTS_A_BLOCK]
        low, high = np.searchsorted(at_account[order], [start, start + len(ids)])
        rows = order[low:high]
        place = (at_account[rows] - start, at_metric[rows], at_day[rows])
        held = np.full((len(ids), len(metrics), length), np.nan)
        said = np.zeros(held.shape, dtype=bool)
        held[place], said[place] = values[rows], True
        yield UsageBlock(metrics, ids.astype(np.int64), first.astype(object), held, said)


def join_blocks(blocks: Sequence[UsageBlock]) -> UsageBlock:
    """One block of several; where two say a value, the later's holds."""
    first_on = min(block.first_on for block in blocks)
    last_on = max(block.last_on for block in blocks)
    metrics = tuple(sorted({name for block in blocks for name in block.metrics}))
    ids = np.unique(np.concatenate([block.account_ids for block in blocks]))
    size = (len(ids), len(metrics), (last_on - first_on).days + 1)
    values, said = np.full(size, np.nan), np.zeros(size, dtype=bool)
    for block in blocks:
        rows = np.searchsorted(ids, block.account_ids)
        places = np.array([metrics.index(name) for name in block.metrics], dtype=np.int64)
        low = (block.first_on - first_on).days
        where = np.ix_(rows, places, np.arange(low, low + block.values.shape[2]))
        values[where] = np.where(block.said, block.values, values[where])
        said[where] |= block.said
    return UsageBlock(metrics, ids, first_on, values, said)


def compare_block(unit: Unit, block: UsageBlock) -> Counts:
    """What writing the block would do, by days of accounts."""
    has = ~np.isnan(block.values)
    said = np.logical_or.reduce(block.said, axis=1)
    if not has_usage(unit, block.first_on, block.last_on):
        new = np.logical_or.reduce(np.logical_and(has, block.said), axis=1)
        return Counts(int(new.sum()), 0, int((said & ~new).sum()))
    stored = _read_stored(unit, block)
    had = ~np.isnan(stored)
    new = (block.said & has & ~had).any(axis=1)
    changed = (block.said & had & ~_is_same(block.values, stored)).any(axis=1) & ~new
    return Counts(int(new.sum()), int(changed.sum()), int((said & ~new & ~changed).sum()))


def _read_stored(unit: Unit, block: UsageBlock) -> FloatArray:
    stored: FloatArray = read_window(
        unit.connection,
        unit.workspace_id,
        list_packings(unit),
        block.account_ids,
        block.metrics,
        (block.first_on, block.last_on),
        is_span=False,
    )
    return stored


def _is_same(values: FloatArray, stored: FloatArray) -> NDArray[np.bool_]:
    """Whether a value would be kept as what is stored: 0.1 is kept in four bytes or in eight."""
    with np.errstate(over="ignore"):
        narrow = values.astype(np.float32)
    same: NDArray[np.bool_] = np.logical_or(values == stored, narrow == stored)
    return same

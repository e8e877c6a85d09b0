"""Daily usage as arrays: from rows to blocks of accounts, and what a block would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.store.bulk.usage_read import read_window
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
    values: NDArray[np.float64]
    said: NDArray[np.bool_]

    @property
    def account_days(self) -> int:
        """How many days of accounts the block speaks of."""
        return int(self.said.any(axis=1).sum())


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
    """Blocks of linked rows `account_id, metric, on, value`, accounts ascending."""
    if frame.empty:
        return
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


def compare_block(unit: Unit, block: UsageBlock) -> Counts:
    """What writing the block would do, by days of accounts."""
    last_on = block.first_on + timedelta(days=block.values.shape[2] - 1)
    stored = read_window(
        unit.connection,
        unit.workspace_id,
        list_packings(unit),
        block.account_ids,
        block.metrics,
        (block.first_on, last_on),
        is_span=False,
    )
    kept = block.values.astype(stored.dtype)
    had, has = ~np.isnan(stored), ~np.isnan(kept)
    new = (block.said & has & ~had).any(axis=1)
    changed = (block.said & had & ~(kept == stored)).any(axis=1) & ~new
    said = block.said.any(axis=1)
    return Counts(int(new.sum()), int(changed.sum()), int((said & ~new & ~changed).sum()))

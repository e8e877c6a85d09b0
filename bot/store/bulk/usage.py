"""Writing daily usage: read, merge, write back the chunks that really changed.

Refuses accounts of another workspace (foreign key) and a matrix whose shape does not fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.store.bulk import chunks
from bot.store.bulk.chunks import CHUNK_DAYS, FloatArray
from bot.store.bulk.native import add_up, execute, take_turn, upsert
from bot.store.bulk.touched import USAGE, mark_touched
from bot.store.bulk.usage_read import find_packing, read_chunks
from bot.store.metrics import Packing, ensure_metrics
from bot.store.unit import Unit

BoolArray = NDArray[np.bool_]
IdArray = NDArray[np.int64]


@dataclass
class WriteResult:
    """Values by what became of them, and the accounts of which any value changed.

    `since` is the first changed day of each of these accounts.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    since: dict[int, date] = field(default_factory=dict)

    @property
    def account_ids(self) -> set[int]:
        """The accounts of which any value changed."""
        return set(self.since)

    def note(self, first_on: date, account_ids: IdArray, changed: BoolArray) -> None:
        """Accounts with changed values, [account][metric][day], the days from `first_on`."""
        firsts = np.logical_or.reduce(changed, axis=1).argmax(axis=1)
        for account_id, place in zip(account_ids.tolist(), firsts.tolist(), strict=True):
            on = first_on + timedelta(days=place)
            self.since[account_id] = min(on, self.since.get(account_id, on))


@dataclass(frozen=True)
class _Part:
    """The share of a write that falls into one chunk; arrays are [account][metric][day]."""

    start: date
    account_ids: IdArray
    days: slice
    values: FloatArray
    said: BoolArray

    @property
    def first_on(self) -> date:
        """The day the arrays begin with."""
        return self.start + timedelta(days=self.days.start)


def write_usage(
    unit: Unit,
    metrics: Sequence[str],
    account_ids: IdArray,
    first_on: date,
    values: FloatArray,
    said: BoolArray | None = None,
) -> WriteResult:
    """Keep `values` [account][metric][day], the days beginning at `first_on`.

    `said` marks the values the source speaks of; a NaN it speaks of deletes. Left out, every
    value that is not NaN is said. `account_ids` ascend without repetition; hand over at most
    about a thousand at a time, since all of it is one transaction. Changed accounts are marked
    touched. The same values again change nothing.
    """
    if values.shape[:2] != (len(account_ids), len(metrics)):
        raise ValueError(f"{values.shape} does not fit {len(account_ids)} × {len(metrics)}")
    spoken = ~np.isnan(values) if said is None else said
    result = WriteResult()
    if not spoken.any():
        return result
    # A chunk holds all metrics of an account: two who write at once would lose each other's.
    take_turn(unit.connection, unit.workspace_id, "usage")
    packing = find_packing(unit, metrics) or ensure_metrics(unit, sorted(metrics))
    places = [packing.names.index(name) for name in metrics]
    for part in _parts(account_ids, first_on, values, spoken):
        _write_part(unit, packing, places, part, result)
    _note_zeros(unit, metrics, values, spoken)
    mark_touched(unit, sorted(result.since), USAGE, result.since)
    return result


def _parts(
    account_ids: IdArray, first_on: date, values: FloatArray, said: BoolArray
) -> list[_Part]:
    days = values.shape[2]
    parts = []
    for start in chunks.list_starts(first_on, first_on + timedelta(days=days - 1)):
        window, inside = chunks.overlap(start, first_on, days)
        here = said[:, :, window]
        rows = here.any(axis=(1, 2))
        if rows.all():
            parts.append(_Part(start, account_ids, inside, values[:, :, window], here))
        elif rows.any():
            ids, given = account_ids[rows], values[rows, :, window]
            parts.append(_Part(start, ids, inside, given, here[rows]))
    return parts


def _write_part(
    unit: Unit, packing: Packing, places: list[int], part: _Part, result: WriteResult
) -> None:
    stored = read_chunks(unit, part.start, part.account_ids, packing)
    if stored is None:
        _write_first(unit, packing, places, part, result)
        return
    before = stored.values[:, places, part.days]
    widths = np.maximum(stored.widths, chunks.width_of(np.where(part.said, part.values, 0.0)))
    after = np.where(part.said, _as_kept(part.values, widths), before)
    had, has = ~np.isnan(before), ~np.isnan(after)
    is_new, is_changed = has & ~had, had & ~(after == before)
    dirty = (is_new | is_changed).any(axis=(1, 2))
    if dirty.any():
        stored.values[:, places, part.days] = after
        _keep(unit, packing, part, stored.values[dirty], widths[dirty], dirty)
        _count_days(unit, packing, places, part, has.sum(axis=0) - had.sum(axis=0))
    result.new += int(is_new.sum())
    result.changed += int(is_changed.sum())
    result.unchanged += int(part.said.sum() - is_new.sum() - is_changed.sum())
    result.note(part.first_on, part.account_ids[dirty], (is_new | is_changed)[dirty])


def _write_first(
    unit: Unit, packing: Packing, places: list[int], part: _Part, result: WriteResult
) -> None:
    """Chunks of accounts that have none yet: nothing to read, to merge or to compare."""
    has: BoolArray = part.said & ~np.isnan(part.values)
    rows: BoolArray = np.logical_or.reduce(has, axis=(1, 2))
    result.unchanged += int(part.said.sum() - has.sum())
    if not rows.any():
        return
    size = (len(part.account_ids), len(packing.names), CHUNK_DAYS)
    matrix = np.full(size, np.nan, dtype=part.values.dtype)
    matrix[:, places, part.days] = np.where(has, part.values, np.nan)
    _keep(unit, packing, part, matrix[rows], chunks.width_of(matrix[rows]), rows)
    _count_days(unit, packing, places, part, has.sum(axis=0))
    result.new += int(has.sum())
    result.note(part.first_on, part.account_ids[rows], has[rows])


def _as_kept(values: FloatArray, widths: NDArray[np.int64]) -> FloatArray:
    """Values as they will be read back, so that 0.1 sent twice is the same 0.1; counts are."""
    narrow = (widths == chunks.NARROW)[:, None, None]
    with np.errstate(over="ignore"):
        return np.where(narrow, values.astype(np.float32), values)


def _keep(
    unit: Unit,
    packing: Packing,
    part: _Part,
    values: FloatArray,
    widths: NDArray[np.int64],
    dirty: BoolArray,
) -> None:
    start, ids = part.start.isoformat(), part.account_ids[dirty].tolist()
    blobs = chunks.pack(values, widths)
    upsert(
        unit.connection,
        "usage_chunks",
        ("workspace_id", "starts_on", "account_id"),
        ("workspace_id", "starts_on", "account_id", "metric_set_id", "width", "matrix"),
        [
            (unit.workspace_id, start, account_id, packing.set_id, width, blob)
            for account_id, width, blob in zip(ids, widths.tolist(), blobs, strict=True)
        ],
    )


def _count_days(
    unit: Unit, packing: Packing, places: list[int], part: _Part, more: NDArray[np.int64]
) -> None:
    """Keep the number of accounts with a value, by metric and day; `more` is [metric][day]."""
    days = [part.start + timedelta(days=n) for n in range(*part.days.indices(CHUNK_DAYS))]
    add_up(
        unit.connection,
        "usage_days",
        ("workspace_id", "metric", "used_on"),
        "account_count",
        [
            (unit.workspace_id, packing.names[place], on.isoformat(), count)
            for place, counts in zip(places, more.tolist(), strict=True)
            for on, count in zip(days, counts, strict=True)
            if count
        ],
    )


def _note_zeros(unit: Unit, metrics: Sequence[str], values: FloatArray, said: BoolArray) -> None:
    zeros = ((values == 0) & said).any(axis=(0, 2))
    execute(
        unit.connection,
        "UPDATE metrics SET says_zero = :yes"
        " WHERE workspace_id = :ours AND name = :name AND says_zero <> :yes",
        [
            {"ours": unit.workspace_id, "name": name, "yes": True}
            for name, has_zero in zip(metrics, zeros, strict=True)
            if has_zero
        ],
    )

"""Reading daily usage: chunks back into arrays, in blocks, whatever set packed them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from bot.store.bulk import chunks
from bot.store.bulk.chunks import CHUNK_DAYS, FloatArray
from bot.store.bulk.native import Row, fetch, is_one_of, one_of
from bot.store.metrics import Packing, list_packings
from bot.store.unit import Unit

BLOCK = 4_096
IdArray = NDArray[np.int64]

# Metric set, width, accounts, and their matrices one after the other.
_Alike = tuple[int, int, IdArray, bytes]

_ROWS = "metric_set_id, width, account_id, matrix"
# Put together by width; wider ones are rare. The length tells an SQLite that would end a text at
# its first zero byte.
_GATHERED_WIDTHS = (chunks.SHORT, chunks.NARROW)
_GATHERED = ", ".join(
    [
        "MIN(metric_set_id), MAX(metric_set_id), MAX(width)",
        *(
            f"json_group_array(account_id) FILTER (WHERE width = {width}),"
            f" CAST(group_concat(matrix, '') FILTER (WHERE width = {width}) AS BLOB),"
            f" SUM(LENGTH(matrix)) FILTER (WHERE width = {width})"
            for width in _GATHERED_WIDTHS
        ),
    ]
)


@dataclass(frozen=True)
class Stored:
    """Chunks of one start as one packing orders them; accounts without a chunk are all NaN."""

    values: FloatArray
    widths: NDArray[np.int64]


def read_chunks(unit: Unit, start: date, account_ids: IdArray, packing: Packing) -> Stored | None:
    """What is stored of these accounts for the chunk that begins on `start`; None for nothing."""
    groups = list(_gather(unit.connection, unit.workspace_id, start, account_ids, is_span=False))
    if not groups:
        return None
    values = np.full((len(account_ids), len(packing.names), CHUNK_DAYS), np.nan)
    widths = np.full(len(account_ids), chunks.SHORT)
    packings = list_packings(unit)
    for set_id, width, accounts, matrices in groups:
        at = np.searchsorted(account_ids, accounts)
        names = packings[set_id].names
        # A set made later begins with all names of an older one.
        held = chunks.unpack(matrices, width, len(names))
        values[at, : len(names)] = chunks.as_numbers(held)
        widths[at] = width
    return Stored(values, widths)


def read_window(
    connection: Connection,
    workspace_id: int,
    packings: Mapping[int, Packing],
    account_ids: IdArray,
    metrics: Sequence[str],
    days: tuple[date, date],
    *,
    is_span: bool,
) -> FloatArray:
    """[account][metric][day] of the days from the first to the last of `days`, both included.

    `account_ids` ascend. `is_span` says that they are nearly all ids between the first and the
    last, which then are asked for as a range. float64 only where a chunk needed it.
    """
    first_on, last_on = days
    length = (last_on - first_on).days + 1
    out: FloatArray
    out = np.full((len(account_ids), len(metrics), length), np.nan, dtype=np.float32)
    for start in chunks.list_starts(first_on, last_on):
        window, inside = chunks.overlap(start, first_on, length)
        groups = _gather(connection, workspace_id, start, account_ids, is_span=is_span)
        for set_id, width, accounts, matrices in groups:
            if width == chunks.WIDE and out.dtype == np.float32:
                out = out.astype(np.float64)
            names = packings[set_id].names
            held = chunks.unpack(matrices, width, len(names))
            at, kept = _place(account_ids, accounts)
            for place, name in enumerate(metrics):
                if name in names:
                    read = held[kept, names.index(name), inside]
                    out[at, place, window] = chunks.as_numbers(read)
    return out


def find_packing(unit: Unit, metrics: Sequence[str]) -> Packing | None:
    """The newest packing where it holds all of `metrics`: one short query for every write."""
    rows = fetch(
        unit.connection,
        "SELECT id, names FROM metric_sets WHERE workspace_id = :ours ORDER BY number DESC LIMIT 1",
        ours=unit.workspace_id,
    )
    for set_id, kept in rows:
        names: list[str] = json.loads(kept) if isinstance(kept, str) else kept
        if set(metrics) <= set(names):
            return Packing(set_id, tuple(names))
    return None


def has_usage(unit: Unit, first_on: date, last_on: date) -> bool:
    """Whether anybody has a chunk that overlaps these days, both included."""
    rows = fetch(
        unit.connection,
        "SELECT 1 FROM usage_chunks"
        " WHERE workspace_id = :ours AND starts_on BETWEEN :first AND :last LIMIT 1",
        ours=unit.workspace_id,
        first=chunks.chunk_start(first_on),
        last=chunks.chunk_start(last_on),
    )
    return bool(rows)


def _gather(
    connection: Connection, workspace_id: int, start: date, ids: IdArray, *, is_span: bool
) -> Iterator[_Alike]:
    """The chunks of `start` by metric set and width, SQLite's put together by itself.

    It works without Python's lock, so that a block is read while another is scored; a row in
    Python asks for the lock each time. Of several sets, or the widest, rows come one by one.
    """
    if not len(ids):
        return
    if connection.dialect.name == "sqlite":
        [found] = _fetch(connection, _GATHERED, workspace_id, start, ids, is_span=is_span)
        gathered = _read_gathered(found)
        if gathered is not None:
            yield from gathered
            return
    yield from _alike(_fetch(connection, _ROWS, workspace_id, start, ids, is_span=is_span))


def _read_gathered(found: Row) -> list[_Alike] | None:
    """None where the rows have to be looked at one by one."""
    first, last, widest, *groups = found
    if first is None:
        return []
    alike: list[_Alike] = []
    for width, at in zip(_GATHERED_WIDTHS, range(0, len(groups), 3), strict=True):
        accounts, packed, size = groups[at : at + 3]
        if size:
            alike.append((first, width, np.array(json.loads(accounts), dtype=np.int64), packed))
        if len(packed or b"") != (size or 0):
            return None
    return alike if first == last and widest in _GATHERED_WIDTHS else None


def _fetch(
    connection: Connection,
    columns: str,
    workspace_id: int,
    start: date,
    ids: IdArray,
    *,
    is_span: bool,
) -> list[Row]:
    which = "account_id BETWEEN :low AND :high"
    given: dict[str, object] = {"low": int(ids[0]), "high": int(ids[-1])}
    if not is_span:
        which, given = is_one_of(connection, "account_id"), {"ids": one_of(connection, ids)}
    return fetch(
        connection,
        f"SELECT {columns} FROM usage_chunks"
        f" WHERE workspace_id = :ours AND starts_on = :start AND {which}",
        ours=workspace_id,
        start=start,
        **given,
    )


def _alike(rows: list[Row]) -> Iterator[_Alike]:
    """Nearly always all rows share set and width; then none is looked at on its own."""
    if not rows:
        return
    set_ids, widths, accounts, matrices = zip(*rows, strict=True)
    if len(set(set_ids)) == len(set(widths)) == 1:
        yield set_ids[0], widths[0], np.array(accounts, dtype=np.int64), b"".join(matrices)
        return
    for _, group in groupby(sorted(rows, key=itemgetter(0, 1, 2)), key=itemgetter(0, 1)):
        yield from _alike(list(group))


def _place(account_ids: IdArray, found: IdArray) -> tuple[IdArray | slice, IdArray | slice]:
    """Where the rows' accounts stand among `account_ids`, and which rows are meant at all."""
    if len(found) == len(account_ids) and np.array_equal(found, account_ids):
        return slice(None), slice(None)
    at = np.minimum(np.searchsorted(account_ids, found), len(account_ids) - 1)
    meant = np.flatnonzero(account_ids[at] == found)
    return at[meant], meant

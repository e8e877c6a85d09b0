"""Sums of what was imported, by account and by day, of our packed usage and of the peer's rows."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.import_data import FIRST_ID, LAST_ON, METRICS, open_store, ref_of
from bot.store.bulk.usage_read import read_window
from bot.store.metrics import list_packings

# By reference or day: five sums. Whole numbers, so that equal means equal.
Sums = dict[str, tuple[int, ...]]
_FIRST_ON = LAST_ON - timedelta(days=200)
_BLOCK = 4_096


def sum_peer(peer: sqlite3.Connection) -> tuple[Sums, Sums]:
    """Of the peer's table."""
    sums = ", ".join(f"CAST(SUM({name}) AS INTEGER)" for name in METRICS)
    by_account, by_day = (
        {row[0]: row[1:] for row in peer.execute(f"SELECT {by}, {sums} FROM usage GROUP BY {by}")}
        for by in ("account", "used_on")
    )
    return by_account, by_day


def sum_ours(folder: Path) -> tuple[Sums, Sums]:
    """Of our chunks."""
    store = open_store(folder / "ours.sqlite3")
    by_account: Sums = {}
    length = (LAST_ON - _FIRST_ON).days + 1
    days = np.zeros((len(METRICS), length))
    with store.reading(1) as unit:
        packings = list_packings(unit)
        count = unit.connection.exec_driver_sql(
            "SELECT COUNT(*) FROM accounts WHERE workspace_id = 1"
        ).scalar_one()
        for start in range(0, count, _BLOCK):
            ids = np.arange(FIRST_ID + start, FIRST_ID + min(count, start + _BLOCK))
            window = (_FIRST_ON, LAST_ON)
            held = read_window(
                unit.connection, 1, packings, ids, METRICS, window, is_span=True
            ).astype(np.float64)
            days += np.nansum(held, axis=0)
            for at, sums in enumerate(np.nansum(held, axis=2).astype(int).tolist()):
                by_account[ref_of(start + at)] = tuple(sums)
    store.engine.dispose()
    return by_account, _by_day(days.astype(int))


def _by_day(days: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Sums:
    made = {}
    for at, sums in enumerate(days.T.tolist()):
        on: date = _FIRST_ON + timedelta(days=at)
        if any(sums):
            made[on.isoformat()] = tuple(sums)
    return made

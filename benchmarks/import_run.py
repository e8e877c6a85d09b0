"""One measured import, in a process of its own that does nothing else.

Usage: python -m benchmarks.import_run ENGINE FOLDER, in which `benchmarks.import_data` made files.
"""

import argparse
import csv
import json
import resource
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

from benchmarks.import_data import BOOK, METRICS, USAGE, open_store
from bot.clock import today
from bot.foundation import spare_what_is_loaded
from bot.services.imports import batches
from bot.services.imports.applying import Applying
from bot.services.imports.drops import keep_copy
from bot.services.imports.opening import open_file
from bot.services.imports.reading import build_report
from bot.store.base import IdSource

OURS, PEER = "ours.sqlite3", "peer.sqlite3"
_PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL")


def main() -> None:
    """Run once on fresh copies, timed without starting Python, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=["ours", "again", "sqlite3"])
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    folder: Path = asked.folder
    if asked.engine == "sqlite3":
        answer = _run_peer(folder)
    else:
        answer = _run_ours(folder, is_fresh=asked.engine == "ours")
    print(json.dumps(answer))


def _run_ours(folder: Path, *, is_fresh: bool) -> dict[str, Any]:
    """What `sakidori import` does with a file, step by step."""
    path = folder / OURS
    if is_fresh:
        _remove(path)
        shutil.copyfile(folder / BOOK, path)
    store = open_store(path)
    (workspace,) = store.list_workspaces()
    spare_what_is_loaded()
    on = today(store.clock, workspace.zone)
    clock = _Stages()
    copy = keep_copy(folder / "state", 1, folder / USAGE)
    opened = open_file(store, 1, copy, {}, on)
    clock.lap("read")
    report = build_report(store, 1, USAGE, opened)
    clock.lap("report")
    if report.is_ready:
        with store.writing(1) as unit:
            batch_id = batches.receive_confirmed(unit, copy, report, {}, "benchmark")
        Applying(store, 1, batch_id, opened, on, _say_nothing, IdSource()).run(report)
    store.engine.dispose()
    clock.lap("apply")
    shutil.rmtree(folder / "state")
    counts = report.counts[0]
    return {
        **{"seconds": clock.total, "stages": clock.stages, "rows": report.rows},
        **{"new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged},
        **{"refused": report.refused, "unlinked": report.unlinked_rows},
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "bytes": path.stat().st_size,
    }


def _run_peer(folder: Path) -> dict[str, Any]:
    """`sqlite3 .import` into a table keyed by account and day, in one transaction of its own."""
    path = folder / PEER
    _remove(path)
    _make_table(path)
    began = time.perf_counter()
    if shutil.which("sqlite3"):
        commands = [_PRAGMAS[1], ".mode csv", f".import --skip 1 {folder / USAGE} usage"]
        subprocess.run(["sqlite3", str(path), *commands], check=True, stdout=subprocess.DEVNULL)
        who = resource.RUSAGE_CHILDREN
    else:
        _import_by_python(path, folder / USAGE)
        who = resource.RUSAGE_SELF
    seconds = time.perf_counter() - began
    with sqlite3.connect(path) as held:
        rows = held.execute("SELECT COUNT(*) FROM usage").fetchone()[0]
    peak = resource.getrusage(who).ru_maxrss / 1024
    return {"seconds": seconds, "rows": rows, "peak_mb": peak, "bytes": path.stat().st_size}


def _import_by_python(path: Path, usage: Path) -> None:
    """The stand-in where the command is missing: csv.reader straight into executemany."""
    marks = ", ".join("?" * (2 + len(METRICS)))
    with sqlite3.connect(path) as held, usage.open(encoding="utf-8", newline="") as file:
        held.execute(_PRAGMAS[1])
        rows = csv.reader(file)
        next(rows)
        held.executemany(f"INSERT INTO usage VALUES ({marks})", rows)


def _make_table(path: Path) -> None:
    columns = ", ".join(f"{name} REAL" for name in METRICS)
    with sqlite3.connect(path) as held:
        for pragma in _PRAGMAS:
            held.execute(pragma)
        held.execute(
            f"CREATE TABLE usage (account TEXT, used_on TEXT, {columns},"
            " PRIMARY KEY (account, used_on)) WITHOUT ROWID"
        )


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _say_nothing(done: int, total: int) -> None:
    """Nobody watches a benchmark."""


class _Stages:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.began = self.last = time.perf_counter()
        self.stages: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.stages[name], self.last = round(now - self.last, 3), now

    @property
    def total(self) -> float:
        """All stages."""
        return self.last - self.began


if __name__ == "__main__":
    main()

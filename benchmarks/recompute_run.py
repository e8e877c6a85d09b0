"""One measured run, in a process of its own that does nothing else.

Usage: python -m benchmarks.recompute_run ENGINE FOLDER [--touched SHARE] [--all]
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.harness import peak_mb
from benchmarks.recompute_data import FIRST_ID, open_store
from benchmarks.recompute_dates import RUN_ON
from benchmarks.recompute_peer_all import read_duckdb_all
from benchmarks.recompute_peers import (
    read_duckdb,
    read_narrow,
    recompute_by_rows,
    recompute_default,
)
from bot.core.calendar import is_known_country
from bot.foundation import spare_what_is_loaded
from bot.frame.build import Frame
from bot.frame.catalogue import load_catalogue
from bot.health.model import load_shipped
from bot.health.score import Scores
from bot.services.health_models import Version
from bot.services.recompute import recompute
from bot.store.bulk.touched import mark_touched
from bot.store.tables import HealthModel
from bot.store.unit import Store

EVERYTHING = tuple(load_catalogue())
SCORES = {
    "packed": "packed.sqlite3",
    "duckdb": "scores_duckdb.sqlite3",
    "narrow": "scores_narrow.sqlite3",
}


def main() -> None:
    """Run once, timed without imports and connecting, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=list(SCORES))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--touched", type=float, default=0.0)
    parser.add_argument("--all", action="store_true", help="all measures, the model by segment")
    asked = parser.parse_args()
    store = open_store(asked.folder / SCORES[asked.engine])
    _forget(store)
    # Importing the calendars of all countries is no engine's work.
    is_known_country("JP")
    # As the process that the nightly job runs in.
    spare_what_is_loaded()
    columns = EVERYTHING if asked.all else ()
    if asked.all and asked.engine == "packed":
        _choose_segments(store)
    cpu = time.process_time()
    seconds, scored = _timed(_work(asked.engine, asked.folder, store, columns))
    answer = {"seconds": seconds, "cpu": time.process_time() - cpu, "scored": scored}
    if asked.all and asked.engine == "packed":
        answer["model_seconds"], _ = _timed(_work(asked.engine, asked.folder, store, ()))
    if asked.touched:
        _touch(store, asked.touched)
        part, touched = _timed(lambda: recompute(store, 1, RUN_ON, only_touched=True).scored)
        answer |= {"touched_seconds": part, "touched": touched}
    answer["peak_mb"] = peak_mb()
    print(json.dumps(answer))


class Asking:
    """Asks for columns beside the model's, and does nothing with them."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns

    def look(self, version: Version, frame: Frame, scores: Scores) -> None:
        """They are computed; that is what is measured."""


def _choose_segments(store: Store) -> None:
    document = load_shipped("by_segment").model_dump(mode="json")
    with store.writing(1) as unit:
        unit.add(
            HealthModel(
                version=1, status="active", document=document, made_by="bench", made_at=unit.at
            )
        )


def _work(engine: str, folder: Path, store: Store, columns: tuple[str, ...]) -> Callable[[], int]:
    if engine == "packed":
        watcher = Asking(columns) if columns else None
        return lambda: recompute(store, 1, RUN_ON, watcher=watcher).scored
    if engine == "duckdb" and columns:
        document = load_shipped("by_segment")
        return lambda: recompute_by_rows(store, document, read_duckdb_all(folder), {})
    read = read_duckdb if engine == "duckdb" else read_narrow
    return lambda: recompute_default(store, read(folder))


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done


def _forget(store: Store) -> None:
    """Every run writes its rows anew, whoever ran before."""
    with store.writing(1) as unit:
        for table in ("account_scores", "score_runs", "health_models"):
            unit.connection.exec_driver_sql(f"DELETE FROM {table} WHERE workspace_id = 1")
    with store.reading(1) as unit:
        unit.connection.exec_driver_sql("SELECT 1")


def _touch(store: Store, share: float) -> None:
    with store.reading(1) as unit:
        count = unit.connection.exec_driver_sql(
            "SELECT COUNT(*) FROM accounts WHERE workspace_id = 1"
        ).scalar_one()
    chosen = np.random.default_rng(1).choice(count, max(1, int(count * share)), replace=False)
    with store.writing(1) as unit:
        mark_touched(unit, (FIRST_ID + chosen).tolist(), "touches")


if __name__ == "__main__":
    main()

"""One measured night, in a process of its own: scores alone, or scores and thirty playbooks.

Usage: python -m benchmarks.watch_run (alone | watched) FOLDER
"""

import argparse
import json
import shutil
import time
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks.harness import peak_mb
from benchmarks.recompute_data import open_store
from benchmarks.recompute_dates import RUN_ON
from bot.core.calendar import is_known_country
from bot.foundation import spare_what_is_loaded
from bot.services.recompute import recompute
from bot.services.watch.eve import read_eve
from bot.services.watch.night import Night
from bot.store.tables import Episode, PlaybookHit, Task
from bot.store.unit import Store


def main() -> None:
    """Run on a copy, timed without imports and connecting, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("how", choices=["alone", "watched"])
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    copy = asked.folder / "night.sqlite3"
    shutil.copyfile(asked.folder / "packed.sqlite3", copy)
    store = open_store(copy)
    with store.reading(1) as unit:
        unit.connection.exec_driver_sql("SELECT 1")
    # Importing the calendars of all countries is no night's work.
    is_known_country("JP")
    # As the process that the nightly job runs in.
    spare_what_is_loaded()
    answer = _run_alone(store) if asked.how == "alone" else _run_watched(store)
    answer["peak_mb"] = peak_mb()
    store.engine.dispose()
    copy.unlink()
    print(json.dumps(answer))


def _run_alone(store: Store) -> dict[str, Any]:
    began, cpu = time.perf_counter(), time.process_time()
    scored = recompute(store, 1, RUN_ON).scored
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "scored": scored,
    }


def _run_watched(store: Store) -> dict[str, Any]:
    first, second = _night(store), _night(store)
    with store.reading(1) as unit:
        counts = {
            model.__tablename__: unit.session.scalar(select(func.count()).select_from(model))
            for model in (PlaybookHit, Episode, Task)
        }
        rows = unit.session.execute(
            select(Episode.playbook, func.count()).group_by(Episode.playbook)
        )
        by_playbook = {row[0]: row[1] for row in rows}
    return {
        **first,
        "again_seconds": second["seconds"],
        "again_opened": second["opened"],
        "counts": counts,
        "opened_by_playbook": by_playbook,
    }


def _night(store: Store) -> dict[str, Any]:
    began, cpu = time.perf_counter(), time.process_time()
    night = Night(store, 1, read_eve(store, 1, RUN_ON))
    scored = recompute(store, 1, RUN_ON, watcher=night).scored
    night.finish()
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "scored": scored,
        "opened": night.opened,
        "playbooks": len(night.documents),
    }


if __name__ == "__main__":
    main()

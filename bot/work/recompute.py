"""Scores everybody as of a day; refuses while an import is being applied."""

from dataclasses import asdict
from datetime import date
from typing import Any

from bot.services.imports.derive import derive
from bot.services.recompute import recompute
from bot.work.bench import Bench


def work(bench: Bench, *, workspace_id: int, run_on: str) -> dict[str, Any]:
    """The day's result with `run_on` and `data_on` as ISO days."""
    today = date.fromisoformat(run_on)
    with bench.store.writing(workspace_id) as unit:
        # Contracts begin and end without anybody importing anything.
        derive(unit, today)
    result = recompute(bench.store, workspace_id, today)
    data_on = result.data_on.isoformat() if result.data_on else None
    return {**asdict(result), "run_on": run_on, "data_on": data_on}

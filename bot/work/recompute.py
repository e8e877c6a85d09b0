"""Scores everybody as of a day and opens alerts; refuses while an import is being applied."""

from dataclasses import asdict
from datetime import date
from typing import Any

from bot.services.imports.derive import derive
from bot.services.recompute import recompute
from bot.services.watch.night import begin_night
from bot.work.bench import Bench


def work(bench: Bench, *, workspace_id: int, run_on: str) -> dict[str, Any]:
    """The day's result with its days as ISO days, and how many alerts it opened and cleared."""
    today = date.fromisoformat(run_on)
    with bench.store.writing(workspace_id) as unit:
        # Contracts begin and end without anybody importing anything.
        derive(unit, today)
    night = begin_night(bench.store, workspace_id, today)
    result = recompute(bench.store, workspace_id, today, watcher=night)
    night.finish()
    data_on = result.data_on.isoformat() if result.data_on else None
    told = {"opened": night.opened, "cleared": night.cleared}
    return {**asdict(result), "run_on": run_on, "data_on": data_on, **told}

"""Scores every account of the day, or those that a fact touched, or past days anew."""

from dataclasses import asdict
from datetime import date

from bot.core.hours import local_day
from bot.heavy.desk import Desk
from bot.services.recompute import recompute, recompute_history


def run(
    desk: Desk,
    *,
    workspace_id: int,
    only_touched: bool = False,
    from_on: str | None = None,
) -> dict[str, object]:
    """The day's run; with `from_on`, each day from then on as of that day."""
    with desk.store.reading(workspace_id) as unit:
        today = local_day(desk.clock.now(), unit.workspace.zone)
    if from_on is not None:
        made = recompute_history(desk.store, workspace_id, date.fromisoformat(from_on), today)
        return {"days": len(made)}
    return asdict(recompute(desk.store, workspace_id, today, only_touched=only_touched))

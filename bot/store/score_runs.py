"""On which days scores were made, and which run stands for a day."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from bot.store.tables import ScoreRun
from bot.store.unit import Unit

# A run that has not come by then does not come any more: the newest before it stands for the day.
PATIENCE = timedelta(days=3)


def list_runs(unit: Unit) -> list[date]:
    """Days of finished runs, in order."""
    wanted = select(ScoreRun.run_on).where(ScoreRun.finished_at.is_not(None))
    return list(unit.session.scalars(wanted.order_by(ScoreRun.run_on)))


def list_runs_in_time(unit: Unit) -> list[date]:
    """Those whose scores were made when the day came, and not computed anew afterwards."""
    wanted = select(ScoreRun.run_on, ScoreRun.started_at).where(ScoreRun.finished_at.is_not(None))
    return [
        row.run_on
        for row in unit.session.execute(wanted.order_by(ScoreRun.run_on))
        if row.started_at.date() - row.run_on <= timedelta(days=1)
    ]


def run_of(runs: Sequence[date], on: date) -> date | None:
    """The newest run up to a day; one of long before it says nothing of the day."""
    place = bisect_right(runs, on)
    return runs[place - 1] if place and on - runs[place - 1] <= PATIENCE else None

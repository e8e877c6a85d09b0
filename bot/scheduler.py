"""Ticks. The only importer of APScheduler, which here holds no schedule and no state of ours.

Every tick asks the database what is due; missing a tick loses nothing, two clocks do no harm.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import Clock, ShiftedClock
from bot.core.hours import local_day, wall_instant
from bot.job_runner import JobRunner
from bot.registry import Job
from bot.schedule import Turn, list_due
from bot.services.ports import Ports
from bot.store.unit import Store

log = logging.getLogger(__name__)

TICK_SECONDS = 20


@dataclass(frozen=True)
class Ticker:
    """Finds what is due in every workspace and runs it, in order of time."""

    store: Store
    clock: Clock
    jobs: Mapping[str, Job]
    runner: JobRunner
    ports_of: Callable[[int], Ports]

    def tick(self) -> int:
        """Run everything that is due now; the number of turns this call ran."""
        return sum(self._tick_one(workspace.id) for workspace in self.store.list_workspaces())

    def _tick_one(self, workspace_id: int) -> int:
        ran = 0
        for turn in self.list_turns(workspace_id):
            ran += self.runner.run(workspace_id, turn, self.ports_of(workspace_id))
        return ran

    def list_turns(self, workspace_id: int) -> list[Turn]:
        """What is due in one workspace."""
        with self.store.reading(workspace_id) as unit:
            return list_due(unit, self.jobs, self.clock.now())


@contextmanager
def ticking(
    tick: Callable[[], object], clock: Clock, seconds: int = TICK_SECONDS
) -> Iterator[None]:
    """Call `tick` every `seconds` in the background; ends after the tick in hand."""
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        tick,
        "interval",
        seconds=seconds,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
        next_run_time=clock.real_now(),
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=True)


def advance(
    ticker: Ticker,
    clock: ShiftedClock,
    to_on: date,
    zone: str,
    settle: Callable[[], None],
    stops: tuple[time, ...] = (time(2, 30), time(6, 30), time(8, 0), time(8, 30), time(9, 0)),
) -> datetime:
    """Move the demo's business time to `to_on`, stopping where jobs are due, each in its order.

    `settle` empties inbox and outbox at every stop, so that a day reads as it would have been.
    The day ends at 09:00 on the workspace's wall clock.
    """
    day = local_day(clock.now(), zone)
    while day <= to_on:
        for stop in stops:
            at = wall_instant(day, stop, zone)
            if at >= clock.now():
                clock.advance_to(at + timedelta(seconds=1))
                ticker.tick()
                settle()
        day += timedelta(days=1)
    return clock.now()

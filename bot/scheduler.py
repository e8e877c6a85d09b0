"""Ticks. The only importer of APScheduler, which here holds no schedule and no state of ours.

Every tick asks the database what is due; missing a tick loses nothing, two clocks do no harm.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import Clock, ShiftedClock
from bot.core.hours import wall_instant
from bot.job_runner import JobRunner
from bot.registry import Job
from bot.schedule import Turn, list_due
from bot.services.ports import Ports
from bot.store.unit import Store

log = logging.getLogger(__name__)

TICK_SECONDS = 20

# The demo's day ends when the morning's digests have been read.
DAY_BEGINS = time(9, 0)
STEP = timedelta(minutes=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Ticker:
    """Finds what is due in every workspace and runs it, in order of time.

    Once `stopping` is set no further turn is begun; what was left out is due at the next start.
    """

    store: Store
    clock: Clock
    jobs: Mapping[str, Job]
    runner: JobRunner
    ports_of: Callable[[int], Ports]
    stopping: threading.Event = field(default_factory=threading.Event)

    def tick(self) -> int:
        """Run everything that is due now; the number of turns this call ran."""
        return sum(self._tick_one(workspace.id) for workspace in self.store.list_workspaces())

    def _tick_one(self, workspace_id: int) -> int:
        ran = 0
        for turn in self.list_turns(workspace_id):
            if self.stopping.is_set():
                break
            ran += self.runner.run(workspace_id, turn, self.ports_of(workspace_id))
        return ran

    def list_turns(self, workspace_id: int) -> list[Turn]:
        """What is due in one workspace."""
        with self.store.reading(workspace_id) as unit:
            return list_due(unit, self.jobs, self.clock.now())


@contextmanager
def ticking(
    tick: Callable[[], object], clock: Clock, seconds: float = TICK_SECONDS
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
    ticker: Ticker, clock: ShiftedClock, to_on: date, zone: str, settle: Callable[[], None]
) -> datetime:
    """Move the demo's business time to 09:00 of `to_on` in `zone`, living through every slot.

    Half an hour at a time, so that a digest in New York falls due when it is morning there;
    `settle` empties inbox and outbox at every step. The business time reached is returned, which
    is earlier where the ticker was told to stop meanwhile.
    """
    end = wall_instant(to_on, DAY_BEGINS, zone)
    settle()
    while (now := clock.now()) < end and not ticker.stopping.is_set():
        on_the_half_hour = now + STEP - (now - _EPOCH) % STEP
        clock.advance_to(min(on_the_half_hour, end) + timedelta(seconds=1))
        ticker.tick()
        settle()
    return clock.now()

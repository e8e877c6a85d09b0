"""`job run`: one job now, or as if it were another time; what it says waits in the outbox."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import select

from bot.bootstrap import House
from bot.cli.console import Problem, show, the_workspace
from bot.cli.house import opened_house
from bot.clock import Clock, FixedClock
from bot.core.hours import local_day
from bot.core.slots import Interval, Slot, SlotReason, SlotState
from bot.job_runner import JobRunner
from bot.people import build_person
from bot.registry import Job
from bot.schedule import WORKSPACE, Turn
from bot.store.tables import Member, Workspace
from bot.store.unit import Store


def add_to(app: typer.Typer) -> None:
    """Declare the commands."""
    jobs = typer.Typer(no_args_is_help=True, help="What the clock does.")
    jobs.callback()(lambda: None)
    jobs.command("run")(run)
    app.add_typer(jobs, name="job")


def run(
    name: str,
    at: Annotated[
        datetime | None, typer.Option(help="Business time in UTC, e.g. 2026-11-20T08:30:00.")
    ] = None,
    team: Annotated[str | None, typer.Option(help="Workspace, where there are several.")] = None,
) -> None:
    """Run a job for everybody it is for, once a day and audience however often it is called."""
    with opened_house() as house:
        job = house.registry.jobs.get(name)
        if job is None:
            raise Problem(f"There is no job {name!r}. Known: {', '.join(house.registry.jobs)}")
        workspace = the_workspace(house, team)
        clock: Clock = FixedClock(at.replace(tzinfo=UTC)) if at else house.clock
        ran = run_now(house, workspace, job, clock)
        show(f"{name}: {ran} of {len(list_turns(house.store, workspace, job, clock))} turns ran.")


def run_now(house: House, workspace: Workspace, job: Job, clock: Clock) -> int:
    """How many turns ran; a turn that ran before, on this day, does not run again."""
    store = Store(house.store.engine, clock)
    runner = JobRunner(store, clock, house.texts)
    ports = house.ports_of(workspace.id)
    turns = list_turns(store, workspace, job, clock)
    return sum(runner.run(workspace.id, turn, ports) for turn in turns)


def list_turns(store: Store, workspace: Workspace, job: Job, clock: Clock) -> list[Turn]:
    """One turn an audience for the day it is there, whatever the rule says of today."""
    now = clock.now()
    if job.audience == WORKSPACE:
        return [Turn(job, WORKSPACE, None, _slot(job, now, workspace.zone))]
    with store.reading(workspace.id) as unit:
        wanted = select(Member).where(Member.is_active, Member.slack_user.is_not(None))
        people = [build_person(one, workspace) for one in unit.session.scalars(wanted)]
    return [
        Turn(job, f"member:{person.member_id}", person, _slot(job, now, person.zone))
        for person in people
        if person.has(*job.roles)
    ]


def _slot(job: Job, now: datetime, zone: str) -> Slot:
    """The day's slot as the clock itself would key it, so that neither runs after the other."""
    on = local_day(now, zone)
    is_timed = not isinstance(job.rule, Interval)
    key = on.isoformat() if is_timed else now.strftime("%Y-%m-%dT%H:%M:00Z")
    return Slot(key, on, now, SlotState.DUE, SlotReason.ON_TIME)

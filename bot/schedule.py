"""Which turns of which jobs are due now, for whom. Reads, never writes and never runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.ask import Person
from bot.core.slots import Slot, due_slots
from bot.people import build_calendar, build_person
from bot.registry import Job
from bot.store import job_runs
from bot.store.tables import Member
from bot.store.unit import Unit

WORKSPACE = "workspace"


@dataclass(frozen=True)
class Turn:
    """One slot of one job for one audience; `person` is None for the workspace."""

    job: Job
    audience: str
    person: Person | None
    slot: Slot


def list_due(unit: Unit, jobs: Mapping[str, Job], now: datetime) -> list[Turn]:
    """Every turn that is due or was missed, in order of time; three queries however many people."""
    last = job_runs.last_slots(unit)
    members = _list_members(unit)
    turns = [turn for job in jobs.values() for turn in _turns_of(unit, job, members, last, now)]
    return sorted(turns, key=lambda turn: (turn.slot.at, turn.job.name, turn.audience))


def _list_members(unit: Unit) -> list[Member]:
    wanted = select(Member).where(Member.is_active.is_(True), Member.slack_user.is_not(None))
    return list(unit.session.scalars(wanted.order_by(Member.id)))


def _turns_of(
    unit: Unit,
    job: Job,
    members: list[Member],
    last: Mapping[tuple[str, str], str],
    now: datetime,
) -> Iterator[Turn]:
    workspace = unit.workspace
    if job.audience == WORKSPACE:
        calendar = build_calendar(workspace)
        seen = last.get((job.name, WORKSPACE))
        for slot in due_slots(job.rule, workspace.zone, calendar, seen, now, job.grace):
            yield Turn(job, WORKSPACE, None, slot)
        return
    for member in members:
        person = build_person(member, workspace)
        if not person.has(*job.roles):
            continue
        audience = f"member:{member.id}"
        rule = job.rule_for(member.digest_time, member.closes)
        seen = last.get((job.name, audience))
        for slot in due_slots(rule, person.zone, person.calendar, seen, now, job.grace):
            yield Turn(job, audience, person, slot)

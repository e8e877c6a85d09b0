"""Slots that were claimed, run or missed. The unique key is the guarantee; one clock a courtesy."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Update, func, or_, select, update

from bot.store.bulk.once import insert_once
from bot.store.tables import JobRun
from bot.store.unit import Unit

RUNNING, DONE, MISSED, FAILED = "running", "done", "missed", "failed"
# Failures, not deaths: a killed process says nothing about the job, and is tried again, a lease
# apart, while its slot is of use.
MOST_ATTEMPTS = 3


def claim(
    unit: Unit, job: str, audience: str, slot: str, real_at: datetime, lease: timedelta
) -> int | None:
    """The id of our run, or None when the slot is done or in other hands.

    A run whose process died is taken over once its lease has passed; one that failed is tried
    again a few times. Dead runs of earlier slots, which nobody needs any more, end as missed.
    """
    values = {
        "job": job,
        "audience": audience,
        "slot": slot,
        "state": RUNNING,
        "attempts": 1,
        "lease_until_at": real_at + lease,
        "started_at": unit.at,
    }
    made = insert_once(unit, JobRun, ["job", "audience", "slot"], values)
    if made is None:
        return _take_over(unit, job, audience, slot, real_at, lease)
    _give_up(unit, _dead(job, audience, real_at).where(JobRun.slot < slot), "superseded")
    return made


def _take_over(
    unit: Unit, job: str, audience: str, slot: str, real_at: datetime, lease: timedelta
) -> int | None:
    wanted = (
        select(JobRun)
        .filter_by(job=job, audience=audience, slot=slot)
        .where(
            or_(
                (JobRun.state == RUNNING) & (JobRun.lease_until_at < real_at),
                (JobRun.state == FAILED) & (JobRun.attempts < MOST_ATTEMPTS),
            )
        )
        .with_for_update(skip_locked=True)
    )
    run = unit.session.scalars(wanted).one_or_none()
    if run is None:
        return None
    run.attempts += run.state == FAILED
    run.state, run.lease_until_at = RUNNING, real_at + lease
    return run.id


def close(unit: Unit, run_id: int, state: str, reason: str | None = None) -> None:
    """End a run as done or failed; in the transaction that writes what it had to say.

    Done is done: who was taken for dead and failed afterwards does not open it again.
    """
    unit.session.execute(
        update(JobRun)
        .where(JobRun.id == run_id, JobRun.state != DONE)
        .values(state=state, reason=reason, ended_at=unit.at)
    )


def record_missed(
    unit: Unit, job: str, audience: str, slot: str, reason: str, real_at: datetime
) -> None:
    """A slot that came too late to be useful is written down with the reason, and not run.

    So is one whose run died; a run that is still alive is left to its end.
    """
    values = {
        "job": job,
        "audience": audience,
        "slot": slot,
        "state": MISSED,
        "reason": reason,
        "attempts": 0,
        "started_at": unit.at,
        "ended_at": unit.at,
    }
    if insert_once(unit, JobRun, ["job", "audience", "slot"], values) is None:
        _give_up(unit, _dead(job, audience, real_at).where(JobRun.slot == slot), reason)


def _dead(job: str, audience: str, real_at: datetime) -> Update:
    ours = (JobRun.job == job, JobRun.audience == audience)
    return update(JobRun).where(*ours, JobRun.state == RUNNING, JobRun.lease_until_at < real_at)


def _give_up(unit: Unit, dead: Update, reason: str) -> None:
    ends = dead.values(state=MISSED, reason=reason, ended_at=unit.at)
    unit.session.execute(ends.execution_options(synchronize_session=False))


def last_slots(unit: Unit) -> dict[tuple[str, str], str]:
    """The newest slot of each (job, audience) that needs no further work."""
    settled = or_(
        JobRun.state.in_([DONE, MISSED]),
        (JobRun.state == FAILED) & (JobRun.attempts >= MOST_ATTEMPTS),
    )
    wanted = (
        select(JobRun.job, JobRun.audience, func.max(JobRun.slot))
        .where(settled)
        .group_by(JobRun.job, JobRun.audience)
    )
    return {(job, audience): slot for job, audience, slot in unit.session.execute(wanted)}


def list_recent(unit: Unit, limit: int = 20) -> list[JobRun]:
    """The newest runs, newest first."""
    wanted = select(JobRun).order_by(JobRun.started_at.desc(), JobRun.id).limit(limit)
    return list(unit.session.scalars(wanted))


def find_last_runs(unit: Unit, audiences: Sequence[str]) -> dict[tuple[str, str], JobRun]:
    """The run of the newest slot of each (job, audience) among `audiences`."""
    newest = (
        select(JobRun.job, JobRun.audience, func.max(JobRun.slot).label("slot"))
        .where(JobRun.audience.in_(audiences))
        .group_by(JobRun.job, JobRun.audience)
        .subquery()
    )
    wanted = select(JobRun).join(
        newest,
        (JobRun.job == newest.c.job)
        & (JobRun.audience == newest.c.audience)
        & (JobRun.slot == newest.c.slot),
    )
    return {(run.job, run.audience): run for run in unit.session.scalars(wanted)}

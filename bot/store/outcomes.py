"""Outcomes with their accounts, tasks and checks, in a fixed number of statements."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from bot.core.account_card import BookRow
from bot.core.outcome import Check, OutcomeRow
from bot.core.vocabulary import Hypothesis, Mover
from bot.store.aliases import build_alias
from bot.store.book import colleague, find_rows
from bot.store.tables import Account, Member, OutcomeCheck, Task, TaskOutcome, Touch
from bot.store.tasks import UNDONE
from bot.store.unit import Unit

_Recorder = build_alias(Member, "recorder")


def list_of_episode(unit: Unit, episode_id: int, on: date) -> list[OutcomeRow]:
    """What came of an alert's tasks; the newest last."""
    return _read(unit, on, TaskOutcome.episode_id == episode_id)


def list_of_episodes(
    unit: Unit, episode_ids: Collection[int], on: date
) -> dict[int, list[OutcomeRow]]:
    """What came of the tasks of these alerts, by alert; the newest last."""
    found = _read(unit, on, TaskOutcome.episode_id.in_(episode_ids))
    made: dict[int, list[OutcomeRow]] = {}
    for each in found:
        made.setdefault(each.episode_id or 0, []).append(each)
    return made


def list_by_id(unit: Unit, outcome_ids: Collection[int], on: date) -> list[OutcomeRow]:
    """These outcomes; by day."""
    return _read(unit, on, TaskOutcome.id.in_(outcome_ids))


def find_of_task(unit: Unit, task_id: int, on: date) -> OutcomeRow | None:
    """What came of a task, or None while nothing was recorded."""
    return next(iter(_read(unit, on, TaskOutcome.task_id == task_id)), None)


def list_unplanned(
    unit: Unit, member_ids: Sequence[int], from_on: date, on: date
) -> list[OutcomeRow]:
    """What these people closed since a day while nothing is to follow: no task, no touch agreed.

    Of an account the newest; accounts that have left are left out.
    """
    agreed = select(Touch.account_id).where(Touch.next_on >= on)
    customers = select(Account.id).where(Account.is_active)
    theirs = TaskOutcome.member_id.in_(member_ids) & (TaskOutcome.recorded_on >= from_on)
    nothing = TaskOutcome.account_id.not_in(agreed) & ~_has_next()
    found = _read(unit, on, theirs, nothing, TaskOutcome.account_id.in_(customers))
    return list({each.row.id: each for each in found}.values())


def _read(unit: Unit, on: date, *conditions: Any) -> list[OutcomeRow]:
    ours = TaskOutcome.workspace_id
    wanted = (
        select(TaskOutcome, Task, _Recorder, _has_next().label("has_next"))
        .join(Task, and_(Task.workspace_id == ours, Task.id == TaskOutcome.task_id))
        .outerjoin(
            _Recorder,
            and_(_Recorder.workspace_id == ours, _Recorder.id == TaskOutcome.member_id),
        )
        .where(*conditions)
        .order_by(TaskOutcome.recorded_at, TaskOutcome.id)
    )
    found = unit.session.execute(wanted).all()
    rows = find_rows(unit, [each.account_id for each, *_ in found], on)
    checks = _find_checks(unit, [each.id for each, *_ in found])
    return [
        _row(outcome, task, recorder, rows[outcome.account_id], has_next, checks)
        for outcome, task, recorder, has_next in found
    ]


@cache
def _has_next() -> Any:
    """Whether the account has anything left to do, agreed then or otherwise."""
    other = aliased(Task)
    return exists().where(
        other.workspace_id == TaskOutcome.workspace_id,
        other.account_id == TaskOutcome.account_id,
        or_(other.state.in_(UNDONE), other.id == TaskOutcome.next_task_id),
    )


def _find_checks(unit: Unit, outcome_ids: Sequence[int]) -> dict[int, list[Check]]:
    wanted = select(OutcomeCheck).where(OutcomeCheck.outcome_id.in_(outcome_ids))
    found: dict[int, list[Check]] = {}
    for each in unit.session.scalars(wanted.order_by(OutcomeCheck.after_days)):
        found.setdefault(each.outcome_id, []).append(read_check(each))
    return found


def read_check(row: OutcomeCheck) -> Check:
    """The plain value of a row."""
    return Check(
        after_days=row.after_days,
        due_on=row.due_on,
        checked_on=row.checked_on,
        score=row.score,
        value=row.value,
        like_count=row.like_count,
        like_change=row.like_change,
        like_spread=row.like_spread,
    )


def _row(
    outcome: TaskOutcome,
    task: Task,
    recorder: Member | None,
    row: BookRow,
    has_next: bool,
    checks: dict[int, list[Check]],
) -> OutcomeRow:
    return OutcomeRow(
        id=outcome.id,
        task_id=task.id,
        row=row,
        title=task.title,
        done=outcome.done,
        result=outcome.result,
        impression=outcome.impression,
        mover=Mover(outcome.mover),
        then_on=outcome.then_on,
        recorded_on=outcome.recorded_on,
        by=colleague(recorder, None),
        episode_id=outcome.episode_id,
        playbook=outcome.playbook,
        playbook_version=outcome.playbook_version,
        hypothesis=Hypothesis(outcome.hypothesis) if outcome.hypothesis else None,
        score_then=outcome.score_then,
        score_now=outcome.score_now,
        measure=outcome.measure,
        value_then=outcome.value_then,
        value_now=outcome.value_now,
        next_task_id=outcome.next_task_id,
        has_next=has_next,
        checks=checks.get(outcome.id, ()),
    )

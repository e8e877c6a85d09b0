"""Tasks with their accounts, in a fixed number of statements however many there are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.core.account_card import BookRow
from bot.core.task import TaskRow
from bot.core.vocabulary import Mover, Origin, TaskState
from bot.store.book import colleague, find_rows
from bot.store.tables import Account, Member, Task
from bot.store.unit import Unit

UNDONE = (TaskState.OPEN.value, TaskState.WAITING.value)
_Doer = aliased(Member, name="doer")


def get_task(unit: Unit, task_id: int, on: date) -> TaskRow:
    """The task, whatever became of it; sqlalchemy's NoResultFound for an unknown id."""
    rows = _read(unit, on, Task.id == task_id)
    return rows[0] if rows else _raise_none(unit, task_id)


def find_task(unit: Unit, task_id: int, on: date) -> TaskRow | None:
    """The task, whatever became of it, or None for an unknown id."""
    return next(iter(_read(unit, on, Task.id == task_id)), None)


def list_undone(unit: Unit, owner_ids: Sequence[int], on: date) -> list[TaskRow]:
    """What these people still have to do, of accounts that are still customers; by due day."""
    return _read(unit, on, Task.owner_id.in_(owner_ids), Task.state.in_(UNDONE), Account.is_active)


def list_undone_of(unit: Unit, account_ids: Sequence[int], on: date) -> list[TaskRow]:
    """What is still to be done for these accounts, whoever does it; by due day."""
    return _read(unit, on, Task.account_id.in_(account_ids), Task.state.in_(UNDONE))


def list_by_id(unit: Unit, task_ids: Sequence[int], on: date) -> list[TaskRow]:
    """These tasks, whatever became of them; by due day."""
    return _read(unit, on, Task.id.in_(task_ids))


def list_of_episode(unit: Unit, episode_id: int, on: date) -> list[TaskRow]:
    """All tasks of an alert, done ones included; by due day."""
    return _read(unit, on, Task.episode_id == episode_id)


def _read(unit: Unit, on: date, *conditions: Any) -> list[TaskRow]:
    wanted = (
        select(Task, _Doer)
        .join(
            Account,
            (Account.workspace_id == Task.workspace_id) & (Account.id == Task.account_id),
        )
        .outerjoin(_Doer, (_Doer.workspace_id == Task.workspace_id) & (_Doer.id == Task.owner_id))
        .where(*conditions)
        .order_by(Task.due_on, Task.id)
    )
    found = unit.session.execute(wanted).all()
    rows = find_rows(unit, [task.account_id for task, _ in found], on)
    return [_row(task, doer, rows[task.account_id]) for task, doer in found]


def _row(task: Task, doer: Member | None, row: BookRow) -> TaskRow:
    return TaskRow(
        id=task.id,
        row=row,
        title=task.title,
        due_on=task.due_on,
        state=TaskState(task.state),
        origin=Origin(task.origin),
        mover=Mover(task.mover),
        made_on=task.made_on,
        owner_id=task.owner_id,
        owner=colleague(doer, None),
        episode_id=task.episode_id,
        playbook=task.playbook,
        step=task.step,
        note=task.note,
        waiting_until_on=task.waiting_until_on,
        asked_on=task.asked_on,
        reason=task.reason,
    )


def _raise_none(unit: Unit, task_id: int) -> TaskRow:
    unit.session.execute(select(Task.id).filter_by(id=task_id)).one()
    raise LookupError(f"task {task_id} has no account")

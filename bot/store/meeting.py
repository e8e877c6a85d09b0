"""How many tasks of a month were planned and done, in one statement."""

from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select

from bot.core.meeting import Progress
from bot.core.vocabulary import TaskState
from bot.store.tables import Task
from bot.store.unit import Unit


def read_progress(unit: Unit, member_id: int, today: date) -> Progress:
    """Of one person, from the first of the month to `today`; dropped tasks do not count."""
    first = today.replace(day=1)
    is_done = Task.state == TaskState.DONE.value
    is_planned = and_(Task.due_on >= first, Task.due_on <= today)
    is_besides = and_(is_done, Task.ended_on >= first, Task.ended_on <= today, ~is_planned)
    wanted = select(
        _count(is_planned), _count(and_(is_planned, is_done)), _count(is_besides)
    ).where(Task.owner_id == member_id, Task.state != TaskState.DROPPED.value)
    planned, done, besides = unit.session.execute(wanted).one()
    return Progress(planned, done, besides)


def _count(condition: Any) -> Any:
    return func.count(case((condition, 1)))

"""Open tasks a page at a time, in a fixed number of statements however many there are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func, select, true

from bot.core.task_page import DUE, GROUPS, LATER, OVERDUE, WAITING, WEEK, TaskPage, week_end
from bot.core.vocabulary import TaskState
from bot.store.tables import Account, Task
from bot.store.tasks import UNDONE, list_by_id
from bot.store.unit import Unit

PAGE = 10


def get_task_page(
    unit: Unit,
    whose: str,
    on: date,
    *,
    owner_ids: Sequence[int] = (),
    account_id: int | None = None,
    page: int = 0,
    size: int = PAGE,
) -> TaskPage:
    """Open tasks of these people, of one account, or of everybody; one past the end is the last.

    By group, then by day, then by the account's yearly amount.
    """
    held = _holds(owner_ids, account_id)
    counts = _count(unit, on, held)
    blank = TaskPage(whose, counts, (), 0, size, account_id)
    page = max(0, min(page, blank.last_page))
    wanted = _open(held).with_only_columns(Task.id).order_by(*_order(on))
    ids = list(unit.session.scalars(wanted.limit(size).offset(page * size)))
    rows = {each.id: each for each in list_by_id(unit, ids, on)}
    return TaskPage(whose, counts, [rows[each] for each in ids], page, size, account_id)


def _holds(owner_ids: Sequence[int], account_id: int | None) -> Any:
    if account_id is not None:
        return Task.account_id == account_id
    return Task.owner_id.in_(owner_ids) if owner_ids else true()


def _open(held: Any) -> Any:
    same = (Account.workspace_id == Task.workspace_id) & (Account.id == Task.account_id)
    return select(Task).join(Account, same).where(held, Task.state.in_(UNDONE), Account.is_active)


def _count(unit: Unit, on: date, held: Any) -> dict[str, int]:
    counted = _open(held).with_only_columns(_group(on), func.count()).group_by(_group(on))
    return {str(group): count for group, count in unit.session.execute(counted)}


def _group(on: date) -> Any:
    return case(
        (Task.state == TaskState.WAITING.value, WAITING),
        (Task.due_on < on, OVERDUE),
        (Task.due_on == on, DUE),
        (Task.due_on <= week_end(on), WEEK),
        else_=LATER,
    )


def _order(on: date) -> tuple[Any, ...]:
    places = {group: place for place, group in enumerate(GROUPS)}
    day = case((Task.state == TaskState.WAITING.value, Task.waiting_until_on), else_=Task.due_on)
    amount = func.coalesce(Account.arr_base, 0)
    return case(places, value=_group(on)), func.coalesce(day, Task.due_on), amount.desc(), Task.id

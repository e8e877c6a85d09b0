"""What somebody who has left had still to do goes to whoever answers for the account now.

Refuses to take anything from people who are here, and leaves what nobody is here for to the setup's
list of leavers.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from bot.services.episodes import inherit, lock_episode
from bot.services.people import calendar_of
from bot.services.tasks import lock_account
from bot.store.tables import Account, Episode, Member, Task
from bot.store.tasks import UNDONE
from bot.store.unit import Unit


def pass_down(unit: Unit) -> int:
    """Alerts with their tasks, then tasks alone; how many changed hands."""
    alerts = [inherit(unit, *each) for each in _list_left(unit, Episode)]
    unit.session.flush()
    tasks = [_give_task(unit, *each) for each in _list_left(unit, Task)]
    return sum(alerts) + sum(tasks)


def _list_left(unit: Unit, kind: type[Episode] | type[Task]) -> Iterator[tuple[int, int, int]]:
    """Id, who had it, and the account's owner, else second, who is here now."""
    had, owner, second = (aliased(Member, name=name) for name in ("had", "owner", "second"))
    wanted = (
        select(kind.id, had.id, owner.id, second.id)
        .join(Account, _same(Account, kind) & (Account.id == kind.account_id))
        .join(had, _same(had, kind) & (had.id == kind.owner_id))
        .outerjoin(owner, _same(owner, kind) & (owner.id == Account.owner_id) & owner.is_active)
        .outerjoin(
            second, _same(second, kind) & (second.id == Account.second_id) & second.is_active
        )
        .where(had.is_active.is_(False), Account.is_active, _is_open(kind))
        .order_by(kind.account_id, kind.id)
    )
    for row_id, had_id, owner_id, second_id in unit.session.execute(wanted).all():
        if heir_id := owner_id or second_id:
            yield row_id, had_id, heir_id


def _give_task(unit: Unit, task_id: int, had_id: int, to_id: int) -> bool:
    whose = select(Task.account_id, Task.episode_id).filter_by(id=task_id)
    account_id, episode_id = unit.session.execute(whose).one()
    if episode_id is not None:
        lock_episode(unit, episode_id)
    lock_account(unit, account_id)
    wanted = select(Task).filter_by(id=task_id, owner_id=had_id).where(Task.state.in_(UNDONE))
    task = unit.session.scalars(wanted.with_for_update()).one_or_none()
    if task is None:
        return False
    calendar = calendar_of(unit, to_id)
    task.owner_id, task.due_on = to_id, calendar.next_business_day(task.due_on)
    unit.audit("night", "task_inherited", str(task.id), account=account_id, to=to_id)
    return True


def _same(one: Any, other: Any) -> Any:
    return one.workspace_id == other.workspace_id


def _is_open(kind: type[Episode] | type[Task]) -> Any:
    return Episode.open_as.is_not(None) if kind is Episode else Task.state.in_(UNDONE)

"""Tasks finished and touches made in a week, for counting what was done: three statements."""

from datetime import date

from sqlalchemy import Select, func, or_, select

from bot.core.deeds import Contacted, Finished, count_deeds
from bot.core.vocabulary import Mover, TaskState
from bot.core.week import Week
from bot.core.weekly import Moved
from bot.store.tables import Task, Touch
from bot.store.unit import Unit


def read_moved(unit: Unit, days: Week) -> Moved:
    """What was done on these days, by who moved first."""
    ended = (
        Task.workspace_id == unit.workspace_id,
        Task.state == TaskState.DONE.value,
        Task.ended_on.between(days.since_on, days.until_on),
    )
    made_on = unit.session.scalar(select(func.min(Task.made_on)).where(*ended))
    since_on = min(days.since_on, made_on or days.since_on)
    accounts = select(Task.account_id).where(*ended)
    finished = _list_finished(unit, accounts, since_on, days.until_on)
    contacted = _list_contacted(unit, accounts, since_on, days)
    return count_deeds(finished, contacted, days.since_on)


def _list_finished(
    unit: Unit, accounts: Select[int], since_on: date, until_on: date
) -> list[Finished]:
    """Also those that ended before the week: the touches made for them are not free."""
    wanted = (
        select(Task.account_id, Task.ended_by_id, Task.made_on, Task.ended_on, Task.mover)
        .where(Task.state == TaskState.DONE.value, Task.account_id.in_(accounts))
        .where(Task.ended_on.between(since_on, until_on))
        .order_by(Task.ended_on, Task.ended_at, Task.id)
    )
    return [
        Finished(account_id, member_id, made_on, ended_on, Mover(mover))
        for account_id, member_id, made_on, ended_on, mover in unit.session.execute(wanted)
        if ended_on is not None
    ]


def _list_contacted(
    unit: Unit, accounts: Select[int], since_on: date, days: Week
) -> list[Contacted]:
    wanted: Select[int, int | None, date, str] = (
        select(Touch.account_id, Touch.member_id, Touch.touched_on, Touch.initiated_by)
        .where(Touch.touched_on.between(since_on, days.until_on))
        .where(or_(Touch.touched_on >= days.since_on, Touch.account_id.in_(accounts)))
        .order_by(Touch.touched_on, Touch.id)
    )
    return [
        Contacted(account_id, member_id, on, Mover(mover))
        for account_id, member_id, on, mover in unit.session.execute(wanted)
    ]

"""What happened in a week, counted: bands, tasks, answers, remarks. Seven statements."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Subquery, case, func, select

from bot.core.band_flow import Flow, Move, Share
from bot.core.hours import wall_instant
from bot.core.money import Money
from bot.core.vocabulary import Band, TaskState
from bot.core.week import Week
from bot.core.weekly import Heard, Planned, Responses
from bot.store.standing import band_now, last_run_on, with_standing
from bot.store.tables import Account, Episode, Task, VocRemark
from bot.store.unit import Unit


def read_flow(unit: Unit, days: Week, today: date) -> Flow:
    """Active accounts by the band people act on, on the Monday and on the Monday after.

    What they pay is what they pay now. With nothing scored by the first morning everybody is
    where they are.
    """
    currency = unit.workspace.base_currency
    then = unit.session.scalar(select(last_run_on(days.since_on)))
    now = unit.session.scalar(select(last_run_on(min(days.next_on, today))))
    if now is None:
        return Flow(currency)
    is_compared = then is not None and then < now
    rows = _count_moves(unit, days.since_on if is_compared else now, now)
    moves = [
        Move(Band(before), Band(after), Share(count, _money(arr, currency), count - priced))
        for before, after, count, arr, priced in rows
    ]
    return Flow(currency, now, then if is_compared else None, moves)


def read_planned(unit: Unit, days: Week) -> Planned:
    """Tasks that were due on these days."""
    is_done = case((Task.state == TaskState.DONE.value, 1), else_=0)
    wanted = select(func.count(Task.id), func.sum(is_done)).where(
        Task.due_on.between(days.since_on, days.until_on), Task.state != TaskState.DROPPED.value
    )
    due, done = unit.session.execute(wanted).one()
    return Planned(due, int(done or 0))


def read_responses(unit: Unit, days: Week) -> Responses:
    """Alerts whose message went out on these days; one closed unclaimed was taken up then."""
    zone = unit.workspace.zone
    since, until = (wall_instant(on, time(), zone) for on in (days.since_on, days.next_on))
    wanted = select(Episode.told_at, func.coalesce(Episode.claimed_at, Episode.closed_at)).where(
        Episode.told_at >= since, Episode.told_at < until
    )
    found = unit.session.execute(wanted).all()
    waits = [max(taken, told) - told for told, taken in found if told and taken]
    return Responses(sorted(waits), len(found) - len(waits))


def read_heard(unit: Unit, days: Week) -> Heard:
    """Remarks of these days; of two topics named equally often the first by the alphabet."""
    wanted = (
        select(VocRemark.category, func.count())
        .where(VocRemark.said_on.between(days.since_on, days.until_on))
        .group_by(VocRemark.category)
    )
    found = [(topic, count) for topic, count in unit.session.execute(wanted)]
    total = sum(count for _, count in found)
    named = [(-count, topic) for topic, count in found if topic]
    if not named:
        return Heard(total)
    count, topic = min(named)
    return Heard(total, topic, -count)


def _count_moves(unit: Unit, then_on: date, now_on: date) -> Sequence[Any]:
    then, now = _bands(unit, then_on, "then_bands"), _bands(unit, now_on, "now_bands")
    wanted = (
        select(
            then.c.band,
            now.c.band,
            func.count(),
            func.sum(now.c.arr_base),
            func.count(now.c.arr_base),
        )
        .join(now, now.c.id == then.c.id)
        .group_by(then.c.band, now.c.band)
    )
    return unit.session.execute(wanted).all()


def _bands(unit: Unit, on: date, name: str) -> Subquery:
    columns = select(Account.id, Account.arr_base, band_now().label("band")).select_from(Account)
    ours = Account.workspace_id == unit.workspace_id
    return with_standing(columns, on).where(ours, Account.is_active).subquery(name)


def _money(amount: Decimal | None, currency: str) -> Money:
    return Money(Decimal(amount or 0), currency)

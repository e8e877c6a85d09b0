"""What a person has to do, for the digest: tasks, alerts, touches agreed, also those they stand in
for while somebody is away. A fixed number of statements.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import or_, select

from bot.core.account_card import BookRow, LastTouch
from bot.core.deadlines import Days
from bot.core.digest_work import Work
from bot.core.task import TaskRow
from bot.store.episodes import list_open, list_open_of
from bot.store.tables import Account, Member, Touch
from bot.store.tasks import list_undone, list_undone_of
from bot.store.unit import Unit


def read_work(unit: Unit, member_id: int, days: Days, rows: Sequence[BookRow]) -> Work:
    """Their tasks and alerts; of `rows` (their book) those with a touch agreed for today.

    What was agreed for a day off since the last digest is of today.
    """
    away = _list_stood_in_for(unit, member_id, days.today)
    alerts = list_open(unit, [member_id], days.today)
    if away:
        theirs = list_open_of(unit, list(away), days.today)
        alerts += [each for each in theirs if each.owner_id == away[each.row.id]]
    tasks = _list_tasks(unit, member_id, away, days.today)
    return Work(tasks, alerts, _list_agreed(unit, rows, days))


def list_tasks(unit: Unit, member_id: int, on: date) -> list[TaskRow]:
    """What somebody has to do, also for those they stand in for; by due day."""
    return _list_tasks(unit, member_id, _list_stood_in_for(unit, member_id, on), on)


def _list_tasks(unit: Unit, member_id: int, away: Mapping[int, int], on: date) -> list[TaskRow]:
    own = list_undone(unit, [member_id], on)
    if not away:
        return own
    theirs = list_undone_of(unit, list(away), on)
    return own + [each for each in theirs if each.owner_id == away[each.row.id]]


def _list_stood_in_for(unit: Unit, member_id: int, on: date) -> dict[int, int]:
    """Accounts whose owner is away while this person is the second, with that owner."""
    is_away = or_(Member.is_active.is_(False), Member.absent_until_on >= on)
    wanted = (
        select(Account.id, Account.owner_id)
        .join(
            Member,
            (Member.workspace_id == Account.workspace_id) & (Member.id == Account.owner_id),
        )
        .where(Account.second_id == member_id, Account.is_active, is_away)
    )
    found = unit.session.execute(wanted)
    return {account_id: owner_id for account_id, owner_id in found if owner_id is not None}


def _list_agreed(
    unit: Unit, rows: Sequence[BookRow], days: Days
) -> list[tuple[BookRow, LastTouch]]:
    row_of = {row.id: row for row in rows}
    agreed = select(Touch.account_id).where(
        Touch.next_on > days.last_on, Touch.next_on <= days.today
    )
    wanted = (
        select(Touch)
        .where(Touch.account_id.in_(agreed), Touch.touched_on <= days.today)
        .order_by(Touch.touched_on.desc(), Touch.known_at.desc(), Touch.id)
    )
    by_account: dict[int, list[Touch]] = {}
    for touch in unit.session.scalars(wanted):
        by_account.setdefault(touch.account_id, []).append(touch)
    found = [(row_of.get(key), _find_agreed(held, days)) for key, held in by_account.items()]
    return [(row, touch) for row, touch in found if row and touch]


def _find_agreed(touches: Sequence[Touch], days: Days) -> LastTouch | None:
    """The last touch with the day agreed, then or before, if that is today and not kept yet."""
    last = touches[0]
    ahead = [each.next_on for each in touches if each.next_on and each.next_on > last.touched_on]
    if not ahead or not days.last_on < ahead[0] <= days.today:
        return None
    return LastTouch(last.touched_on, last.kind, last.initiated_by, last.note, ahead[0])

"""What a lead's digest is made of, in a fixed number of statements however large the team."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import case, func, select

from bot.core.calendar import WorkCalendar
from bot.core.lead_digest import (
    Held,
    LeadDigest,
    Mate,
    Reactive,
    Week,
    list_loads,
    list_overdue,
    list_reactive,
    list_unclaimed,
    weeks_before,
)
from bot.core.vocabulary import Mover
from bot.store.book import find_rows
from bot.store.episodes import list_open
from bot.store.outcomes import list_unplanned
from bot.store.tables import Account, Member, Ticket, Touch
from bot.store.tasks import list_undone
from bot.store.unit import Unit
from bot.store.words_gaps import list_unanswered

# Business days for which a closing without a next step is an exception.
_CLOSED_WITHIN = 5


def read_lead_digest(unit: Unit, lead_id: int, calendar: WorkCalendar, today: date) -> LeadDigest:
    """The exceptions of those who have this lead; nobody's where nobody has."""
    team = _list_team(unit, lead_id, today)
    if not team:
        return LeadDigest()
    ids = [mate.id for mate in team]
    held = _list_held(unit, ids, today)
    since_on = calendar.add_business_days(today, -_CLOSED_WITHIN)
    return LeadDigest(
        team=team,
        accounts=len(held),
        unclaimed=list_unclaimed(list_open(unit, ids, today), today),
        overdue=list_overdue(list_undone(unit, ids, today), today),
        unplanned=list_unplanned(unit, ids, since_on, today),
        unanswered=list_unanswered(unit, lead_id, today),
        loads=list_loads(team, held),
        reactive=_list_reactive(unit, team, calendar, today),
    )


def _list_team(unit: Unit, lead_id: int, today: date) -> list[Mate]:
    wanted = select(Member).where(Member.lead_id == lead_id, Member.is_active)
    return [
        Mate(each.id, each.name, each.is_away(today))
        for each in unit.session.scalars(wanted.order_by(Member.name, Member.id))
    ]


def _list_held(unit: Unit, owner_ids: Sequence[int], today: date) -> list[Held]:
    wanted = select(Account.id, Account.owner_id, Account.second_id).where(
        Account.owner_id.in_(owner_ids), Account.is_active
    )
    found = unit.session.execute(wanted).all()
    rows = find_rows(unit, [account_id for account_id, *_ in found], today)
    return [Held(rows[key], owner, second) for key, owner, second in found if owner is not None]


def _list_reactive(
    unit: Unit, team: Sequence[Mate], calendar: WorkCalendar, today: date
) -> list[Reactive]:
    """Said once a week, on the first morning worked."""
    monday = today - timedelta(days=today.weekday())
    if calendar.next_business_day(monday) != today:
        return []
    ids = [mate.id for mate in team]
    return list_reactive(team, _count_weeks(unit, ids, today), _find_causes(unit, ids, today))


def _count_weeks(unit: Unit, ids: Sequence[int], today: date) -> dict[int, tuple[Week, Week]]:
    newer, older = (_count_touches(unit, ids, *days) for days in weeks_before(today))
    return {key: (newer.get(key, Week()), older.get(key, Week())) for key in ids}


def _count_touches(
    unit: Unit, ids: Sequence[int], first_on: date, last_on: date
) -> dict[int, Week]:
    theirs = func.sum(case((Touch.initiated_by == Mover.THEM.value, 1), else_=0))
    wanted = (
        select(Touch.member_id, func.count(), theirs)
        .where(Touch.member_id.in_(ids))
        .where(Touch.touched_on >= first_on, Touch.touched_on <= last_on)
        .group_by(Touch.member_id)
    )
    found = unit.session.execute(wanted)
    return {key: Week(count, reactive) for key, count, reactive in found if key is not None}


def _find_causes(unit: Unit, ids: Sequence[int], today: date) -> Mapping[int, tuple[str, int]]:
    """What the customers of each asked the support desk about most in those two weeks."""
    (_, last_on), (first_on, _) = weeks_before(today)
    count = func.count()
    wanted = (
        select(Account.owner_id, Ticket.category, count)
        .join(
            Account,
            (Account.workspace_id == Ticket.workspace_id) & (Account.id == Ticket.account_id),
        )
        .where(Account.owner_id.in_(ids), Ticket.category.is_not(None))
        .where(Ticket.opened_on >= first_on, Ticket.opened_on <= last_on)
        .group_by(Account.owner_id, Ticket.category)
        .order_by(count.desc(), Ticket.category)
    )
    found: dict[int, tuple[str, int]] = {}
    for owner_id, category, number in unit.session.execute(wanted):
        if owner_id is not None and category:
            found.setdefault(owner_id, (category, number))
    return found

"""The monthly list: who is on it, and the tasks that are made of those who were chosen.

Refuses a second task for the same account and month, and one beside an alert or another task.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.ask import Person
from bot.core.calendar import WorkCalendar
from bot.core.monthly_list import (
    LOW_USE,
    Candidate,
    MonthlyList,
    build_list,
    find_month,
    list_days,
    spread,
)
from bot.core.refusal import BadInput
from bot.core.vocabulary import Difficulty, Mover, Origin, TaskState, Touch
from bot.frame.catalogue import get_measure
from bot.health.details import unpack_details
from bot.health.model import read_document
from bot.services.cadence import read_contact_days
from bot.store.book import list_all
from bot.store.monthly_list import (
    Contacts,
    list_details,
    list_due_days,
    list_episodes,
    list_with_tasks,
    read_contacts,
)
from bot.store.past_scores import list_documents
from bot.store.scopes import Scope, own_scope
from bot.store.tables import Account, Task
from bot.store.unit import Unit

_UNKNOWN = Contacts(None, Touch.HIGH, Difficulty.NORMAL, None, None, None, None)
Uses = Mapping[str, tuple[float, Mapping[str, str]]]


def find_monthly(unit: Unit, member_id: int, calendar: WorkCalendar, today: date) -> MonthlyList:
    """The list of a person's own accounts; nine statements, whatever the size of the book."""
    scope = own_scope(member_id)
    contacts = read_contacts(unit, scope, today)
    watched, busy = list_episodes(unit, scope, today)
    busy |= list_with_tasks(unit, scope, today)
    uses = _read_uses(unit, scope, today)
    candidates = []
    for row in list_all(unit, scope, today):
        known, on_watch = contacts.get(row.id, _UNKNOWN), watched.get(row.id)
        candidates.append(
            Candidate(
                row=row,
                tier=known.tier,
                touch=known.touch,
                difficulty=known.difficulty,
                started_on=known.started_on,
                touched_on=known.touched_on,
                met_on=known.met_on,
                next_on=known.next_on,
                watched=on_watch.title if on_watch else None,
                watched_on=on_watch.opened_on if on_watch else None,
                seen=on_watch.seen if on_watch else None,
                uses=uses.get(row.id, {}),
                is_busy=row.id in busy,
            )
        )
    return build_list(candidates, today, calendar, read_contact_days(unit.workspace))


@dataclass(frozen=True)
class Wish:
    """An account to make a task of: its title by language, and the last day it is any use."""

    account_id: int
    title: Mapping[str, str]
    latest_on: date | None = None


@dataclass(frozen=True)
class Made:
    """New tasks as (account, due day) in order of days; `already` had one, `busy` are acted on."""

    tasks: Sequence[tuple[int, date]]
    already: int
    busy: int


def make_tasks(
    unit: Unit, wishes: Sequence[Wish], month: date, *, owner: Person, by: Person, today: date
) -> Made:
    """A task of `owner`, whose list it is, for each wish, strongest first, spread over the business
    days left in the month.

    Whoever presses at the same moment waits, and finds the tasks there. A list of a month that
    is over is `BadInput`.
    """
    if month != find_month(today, owner.calendar):
        raise BadInput("monthly_over", month=month)
    _lock(unit, [each.account_id for each in wishes])
    had = _list_had(unit, month, wishes)
    new = [each for each in wishes if each.account_id not in had]
    busy = _list_busy(unit, owner.member_id, today)
    free = [each for each in new if each.account_id not in busy]
    days = list_days(today, month, owner.calendar)
    due = spread(len(free), days, list_due_days(unit, owner.member_id, month))
    made = [_make(unit, each, on, owner, by, today) for each, on in zip(free, due, strict=True)]
    if made:
        unit.session.flush()
        accounts = [task.account_id for task in made]
        unit.audit(str(by.member_id), "monthly_tasks", f"{month:%Y-%m}", accounts=accounts)
    told = sorted(((task.account_id, task.due_on) for task in made), key=lambda each: each[1])
    return Made(told, len(had), len(new) - len(free))


def build_key(month: date, account_id: int) -> str:
    """What is meant by a task of the list: this account, this month."""
    return f"monthly:{month:%Y-%m}:{account_id}"


def _make(unit: Unit, wish: Wish, due_on: date, owner: Person, by: Person, today: date) -> Task:
    month = find_month(today, owner.calendar)
    task = Task(
        id=unit.ids.next(),
        account_id=wish.account_id,
        key=build_key(month, wish.account_id),
        origin=Origin.MONTHLY.value,
        title=dict(wish.title),
        owner_id=owner.member_id,
        due_on=_in_time(due_on, wish.latest_on, owner.calendar, today),
        state=TaskState.OPEN.value,
        mover=Mover.US.value,
        made_on=today,
        made_by_id=by.member_id,
        known_at=unit.at,
    )
    unit.add(task)
    return task


def _in_time(due_on: date, latest_on: date | None, calendar: WorkCalendar, today: date) -> date:
    """Before the customer's own deadline, where that comes first and is not over by then."""
    if latest_on is None or due_on < latest_on:
        return due_on
    before = calendar.add_business_days(latest_on, -1)
    return max(before, calendar.next_business_day(today))


def _lock(unit: Unit, account_ids: Sequence[int]) -> None:
    wanted = select(Account.id).where(Account.id.in_(account_ids)).order_by(Account.id)
    unit.session.execute(wanted.with_for_update()).all()


def _list_had(unit: Unit, month: date, wishes: Sequence[Wish]) -> set[int]:
    keys = [build_key(month, each.account_id) for each in wishes]
    return set(unit.session.scalars(select(Task.account_id).where(Task.key.in_(keys))))


def _list_busy(unit: Unit, member_id: int, today: date) -> set[int]:
    scope = own_scope(member_id)
    _, alerted = list_episodes(unit, scope, today)
    return alerted | list_with_tasks(unit, scope, today)


def _read_uses(unit: Unit, scope: Scope, today: date) -> dict[int, Uses]:
    """Shares of use by account, as the last scores have them; stale ones are left out."""
    rows = list_details(unit, scope, today)
    measures = {
        version: read_document(document).measures()
        for version, document in list_documents(unit, {row[1] for row in rows}).items()
    }
    names = {each: get_measure(each).label for each in LOW_USE}
    told = {each: {"ja": label.ja, "en": label.en} for each, label in names.items()}
    return {
        account_id: {
            each.measure: (each.value, told[each.measure])
            for each in unpack_details(details, measures[version]).measures
            if each.measure in told and each.value is not None and each.points is not None
        }
        for account_id, version, details in rows
        if version in measures
    }

"""Tasks as people handle them: added, waiting, moved, handed over, dropped.

Refuses the same thing twice, days that have passed, and a change of what has ended. Closing a
task is its outcome's business (`bot.services.outcomes`). Locks are taken in one order: the alert,
the account, the task.
"""

from datetime import date
from hashlib import sha256

from sqlalchemy import select, update

from bot.ask import Person
from bot.core.contact import Contact
from bot.core.due_days import ask_again_on, settle_day
from bot.core.refusal import AlreadyDone, BadInput, Refusal
from bot.core.task import Plan
from bot.core.vocabulary import Locale, Mover, Origin, Role, TaskState, TouchKind
from bot.services.episodes import lock_episode, start_waiting
from bot.services.people import calendar_of
from bot.services.touches import record_touch
from bot.store.tables import Account, Episode, Member, Task
from bot.store.tasks import UNDONE
from bot.store.unit import Unit

# Those who can be given a task.
DOERS = frozenset({Role.CSM, Role.LEAD, Role.MANAGER, Role.OPS, Role.ONBOARDING, Role.RENEWAL})
# The same word for a task and for its alert.
_WAITING = TaskState.WAITING.value


def add_task(unit: Unit, account_id: int, plan: Plan, *, by: Person, today: date) -> Task:
    """A task by hand, due on a business day of whoever does it; what ended may be added again.

    Raises `AlreadyDone` where the same is on the list.
    """
    title = " ".join(plan.title.split())
    if not title:
        raise BadInput("task_needs_title")
    lock_account(unit, account_id)
    owner = _get_doer(unit, plan.owner_id or by.member_id)
    due_on = settle_day(plan.due_on, today, calendar_of(unit, owner.id))
    made = Task(
        id=unit.ids.next(),
        account_id=account_id,
        key=_build_key(unit, account_id, title, due_on, owner.id),
        origin=Origin.HAND.value,
        title={locale.value: title for locale in Locale},
        note=plan.note.strip() or None,
        owner_id=owner.id,
        due_on=due_on,
        state=TaskState.OPEN.value,
        mover=plan.mover.value,
        made_on=today,
        made_by_id=by.member_id,
        known_at=unit.at,
    )
    unit.add(made)
    unit.session.flush()
    _tell(unit, "task_added", made, by, due_on=due_on.isoformat(), owner=owner.id)
    return made


def wait_for_customer(unit: Unit, task_id: int, *, by: Person, today: date, note: str = "") -> Task:
    """We have asked: a touch of today, and three business days for the customer to answer.

    Asked again (再度連絡した) it begins anew; on the same day it is `AlreadyDone`.
    """
    task = take_undone(unit, task_id)
    until_on = ask_again_on(today, by.calendar)
    if task.state == TaskState.WAITING and task.waiting_until_on == until_on:
        raise AlreadyDone("task_waits", until_on=until_on)
    _reach_out(unit, task, by, today, note)
    if task.episode_id is None:
        task.state, task.asked_on, task.waiting_until_on = _WAITING, None, until_on
    else:
        start_waiting(unit, task.episode_id, by, today)
        unit.session.refresh(task)
    _tell(unit, "task_waits", task, by, until_on=until_on.isoformat())
    return task


def move_task(
    unit: Unit, task_id: int, due_on: date, reason: str, *, by: Person, today: date
) -> Task:
    """A new date with its reason; what waits for the customer waits until that day."""
    task = take_undone(unit, task_id)
    _need_reason(reason)
    settled_on = settle_day(due_on, today, calendar_of(unit, task.owner_id))
    if settled_on == task.due_on and task.waiting_until_on in (None, settled_on):
        raise AlreadyDone("task_same_day", due_on=settled_on)
    was_on, task.due_on, task.reason = task.due_on, settled_on, reason.strip()
    if task.state == TaskState.WAITING:
        _wait_longer(unit, task, settled_on)
    days = {"was_on": was_on.isoformat(), "due_on": settled_on.isoformat()}
    _tell(unit, "task_moved", task, by, **days)
    return task


def hand_over(unit: Unit, task_id: int, owner_id: int, *, by: Person, today: date) -> Task:
    """Somebody else does it; a day on which they do not work moves on."""
    task, owner = take_undone(unit, task_id), _get_doer(unit, owner_id)
    if task.owner_id == owner.id:
        raise AlreadyDone("task_same_owner", name=owner.name)
    calendar = calendar_of(unit, owner.id)
    was_id, task.owner_id = task.owner_id, owner.id
    task.due_on = calendar.next_business_day(task.due_on)
    if task.waiting_until_on is not None:
        task.waiting_until_on = calendar.next_business_day(task.waiting_until_on)
    _tell(unit, "task_handed", task, by, was=was_id, owner=owner.id)
    return task


def drop_task(unit: Unit, task_id: int, reason: str, *, by: Person, today: date) -> Task:
    """It is not done after all, and why; an alert it belongs to stays open."""
    task = take_undone(unit, task_id)
    _need_reason(reason)
    task.state, task.reason = TaskState.DROPPED.value, reason.strip()
    task.ended_on, task.ended_at, task.ended_by_id = today, unit.at, by.member_id
    _tell(unit, "task_dropped", task, by)
    return task


def take_undone(unit: Unit, task_id: int) -> Task:
    """The task under the locks of its alert and account; one that has ended is `AlreadyDone`."""
    whose = select(Task.account_id, Task.episode_id).filter_by(id=task_id)
    found = unit.session.execute(whose).one_or_none()
    if found is None:
        raise Refusal("no_such_task")
    if found.episode_id is not None:
        lock_episode(unit, found.episode_id)
    lock_account(unit, found.account_id)
    wanted = select(Task).filter_by(id=task_id).with_for_update()
    task = unit.session.scalars(wanted, execution_options={"populate_existing": True}).one()
    if task.state not in UNDONE:
        raise AlreadyDone("task_ended")
    return task


def lock_account(unit: Unit, account_id: int) -> None:
    """Whoever else means this account waits until the unit has ended."""
    unit.session.execute(select(Account.id).filter_by(id=account_id).with_for_update()).one()


def find_doer(unit: Unit, member_id: int | None) -> int | None:
    """The member where they can be given a task; None for nobody and for who has left."""
    found = unit.session.scalars(select(Member).filter_by(id=member_id)).one_or_none()
    return found.id if found is not None and _can_do(found) else None


def _get_doer(unit: Unit, member_id: int) -> Member:
    found = unit.session.scalars(select(Member).filter_by(id=member_id)).one_or_none()
    if found is None or not _can_do(found):
        raise BadInput("no_such_colleague", field="owner")
    return found


def _can_do(member: Member) -> bool:
    return member.is_active and bool(DOERS & set(member.roles))


def _build_key(unit: Unit, account_id: int, title: str, due_on: date, owner_id: int) -> str:
    """What is meant, in few letters; a dropped task leaves room for the same one anew."""
    said = "\n".join((str(account_id), title.casefold(), due_on.isoformat(), str(owner_id)))
    meant = f"hand:{sha256(said.encode()).hexdigest()[:32]}"
    states = unit.session.scalars(
        select(Task.state).where(Task.account_id == account_id, Task.key.startswith(meant))
    ).all()
    if any(state != TaskState.DROPPED for state in states):
        raise AlreadyDone("task_already")
    return f"{meant}:{len(states)}" if states else meant


def _reach_out(unit: Unit, task: Task, by: Person, today: date, note: str) -> None:
    """The touch behind the waiting; one that was tapped before stands for it."""
    contact = Contact(today, TouchKind.REACHED_OUT, Mover(task.mover), note=note)
    try:
        record_touch(unit, task.account_id, contact, by.member_id, today)
    except AlreadyDone:
        return


def _wait_longer(unit: Unit, task: Task, until_on: date) -> None:
    """Until that day; the alert it belongs to and what else of it waits do the same."""
    task.waiting_until_on, task.asked_on = until_on, None
    if task.episode_id is None:
        return
    alert = update(Episode).where(Episode.id == task.episode_id, Episode.state == _WAITING)
    others = update(Task).where(Task.episode_id == task.episode_id, Task.state == _WAITING)
    for each in (alert, others):
        unit.session.execute(each.values(waiting_until_on=until_on, asked_on=None))


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput("task_needs_reason")


def _tell(unit: Unit, action: str, task: Task, by: Person, **change: object) -> None:
    """What people wrote stays with the task; the audit names days and people."""
    unit.audit(str(by.member_id), action, str(task.id), account=task.account_id, **change)

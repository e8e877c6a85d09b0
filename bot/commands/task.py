"""What people do with one task: wait, ask again, a new date, another owner, drop it.

Whoever changes a task of an alert keeps the alert's message as the alert stands.
"""

from collections.abc import Callable
from datetime import date

from bot.alert_message import LogLine, refresh
from bot.ask import Ask
from bot.core.due_days import settle_day
from bot.core.refusal import AlreadyDone, BadInput, Refusal
from bot.core.task import TaskRow
from bot.people import read_locale
from bot.registry import CS_TEAM, button, form
from bot.services.people import find_member
from bot.services.tasks import drop_task, hand_over, move_task, wait_for_customer
from bot.store import outbox
from bot.store.tables import Member
from bot.store.tasks import UNDONE, find_task, list_of_episode
from bot.store.unit import Unit
from bot.views.notices import render_refusal
from bot.views.reply import CloseForm, FormErrors, OpenForm, Private, Reply
from bot.views.task_forms import (
    DROP,
    DUE_ON,
    HAND,
    MOVE,
    OWNER,
    REASON,
    TASK,
    build_drop_form,
    build_hand_form,
    build_move_form,
)
from bot.views.task_log import log_dropped, log_handed, log_moved
from bot.views.task_told import (
    build_dropped,
    build_handed,
    build_handed_to_you,
    build_moved,
    build_waits,
)

# What is put off is put off by a week, unless told otherwise.
_PUT_OFF_BUSINESS_DAYS = 5


@button("task_wait", roles=CS_TEAM)
def task_wait(ask: Ask) -> Reply:
    """They have reached out: the touch is logged and nothing is overdue for three days."""
    return _wait(ask)


@button("task_again", roles=CS_TEAM)
def task_again(ask: Ask) -> Reply:
    """They have reached out once more."""
    return _wait(ask)


@button(MOVE, roles=CS_TEAM, opens_form=True)
def ask_new_date(ask: Ask) -> Reply:
    """Until when, and why."""
    proposed_on = ask.person.calendar.add_business_days(ask.today, _PUT_OFF_BUSINESS_DAYS)
    task = read_task(ask, pressed_task(ask))
    return OpenForm(build_move_form(ask.say, task, proposed_on, ask.today))


@form(MOVE, roles=CS_TEAM)
def keep_new_date(ask: Ask) -> Reply:
    """The new date, or what is wrong with it."""
    if errors := {**missing(ask, DUE_ON, REASON), **wrong_day(ask, DUE_ON)}:
        return FormErrors(errors)
    on, reason = date.fromisoformat(said(ask, DUE_ON)), said(ask, REASON)
    task = _change(
        ask,
        lambda unit, ref: move_task(unit, ref, on, reason, by=ask.person, today=ask.today),
        lambda task: log_moved(task, ask.person.name, ask.at, ask.today),
    )
    return CloseForm(build_moved(ask.say, task, on, ask.today))


@button(HAND, roles=CS_TEAM, opens_form=True)
def ask_owner(ask: Ask) -> Reply:
    """Who does it from now on."""
    return OpenForm(build_hand_form(ask.say, read_task(ask, pressed_task(ask)), ask.today))


@form(HAND, roles=CS_TEAM)
def keep_owner(ask: Ask) -> Reply:
    """The new owner, who is told of it."""
    if errors := missing(ask, OWNER):
        return FormErrors(errors)
    to = chosen_person(ask)
    task = _change(
        ask,
        lambda unit, ref: hand_over(unit, ref, to.id, by=ask.person, today=ask.today),
        lambda task: log_handed(task, ask.person.name, ask.at),
    )
    tell_new_owner(ask, task, to)
    return CloseForm(build_handed(ask.say, task, ask.today))


@button(DROP, roles=CS_TEAM, opens_form=True)
def ask_why(ask: Ask) -> Reply:
    """Why it is not done after all."""
    return OpenForm(build_drop_form(ask.say, read_task(ask, pressed_task(ask)), ask.today))


@form(DROP, roles=CS_TEAM)
def keep_dropped(ask: Ask) -> Reply:
    """It is not done, and why."""
    if errors := missing(ask, REASON):
        return FormErrors(errors)
    reason = said(ask, REASON)
    task = _change(
        ask,
        lambda unit, ref: drop_task(unit, ref, reason, by=ask.person, today=ask.today),
        lambda task: log_dropped(task, ask.person.name, ask.at),
    )
    return CloseForm(build_dropped(ask.say, task, is_last=_is_last(ask, task)))


def pressed_task(ask: Ask) -> int:
    """The task a button's value names."""
    ref = ask.value.partition(":")[0]
    if not ref.isdigit():
        raise Refusal("no_such_task")
    return int(ref)


def read_task(ask: Ask, task_id: int) -> TaskRow:
    """The task as lists show it; one that is not on record is refused."""
    with ask.reading() as unit:
        found = find_task(unit, task_id, ask.today)
    if found is None:
        raise Refusal("no_such_task")
    return found


def said(ask: Ask, name: str) -> str:
    """What a field holds, without blanks around it; "" where it was left empty."""
    held = ask.fields.get(name)
    return ((held.value if held else None) or "").strip()


def missing(ask: Ask, *names: str) -> dict[str, str]:
    """A sentence for each of these fields that was left empty."""
    return {name: ask.say("tasks", f"needed_{name}") for name in names if not said(ask, name)}


def wrong_day(ask: Ask, name: str) -> dict[str, str]:
    """A sentence for a day on which nothing can be due."""
    if not said(ask, name):
        return {}
    try:
        settle_day(date.fromisoformat(said(ask, name)), ask.today, ask.person.calendar)
    except BadInput as refusal:
        return {name: render_refusal(ask.say, refusal)}
    return {}


def chosen_person(ask: Ask) -> Member:
    """The member chosen for an owner; somebody we do not know is refused."""
    with ask.reading() as unit:
        found = find_member(unit, said(ask, OWNER))
    if found is None:
        raise BadInput("no_such_colleague", field=OWNER)
    return found


def tell_new_owner(ask: Ask, task: TaskRow, to: Member) -> None:
    """In a message of their own, unless they did it themselves."""
    if to.id == ask.person.member_id or not to.slack_user:
        return
    with ask.reading() as unit:
        locale = read_locale(to.locale or unit.workspace.locale)
    told = build_handed_to_you(ask.ports.voices[locale], task, ask.person.name, ask.today)
    key = f"task:{task.id}:handed:{to.id}:{ask.at.isoformat()}"
    with ask.writing() as unit:
        outbox.put(unit, key=key, audience=to.slack_user, text=told.text, blocks=told.blocks)


def _wait(ask: Ask) -> Reply:
    task = _change(
        ask, lambda unit, ref: wait_for_customer(unit, ref, by=ask.person, today=ask.today)
    )
    return Private(build_waits(ask.say, task, ask.today))


def _change(
    ask: Ask, deed: Callable[[Unit, int], object], log: Callable[[TaskRow], LogLine] | None = None
) -> TaskRow:
    """Do it to the task of the button or form, and keep the message and thread of its alert."""
    carried = ask.carried.get(TASK)
    task_id = int(carried) if carried else pressed_task(ask)
    try:
        with ask.writing() as unit:
            deed(unit, task_id)
    except AlreadyDone:
        keep_alert(ask, read_task(ask, task_id))
        raise
    task = read_task(ask, task_id)
    keep_alert(ask, task, *([log(task)] if log else []))
    return task


def keep_alert(ask: Ask, task: TaskRow, *log: LogLine) -> None:
    """The alert it belongs to, if any, as it stands now."""
    if task.episode_id is not None:
        refresh(ask, task.episode_id, *log)


def _is_last(ask: Ask, task: TaskRow) -> bool:
    """Whether its alert has nothing left to do."""
    if task.episode_id is None:
        return False
    with ask.reading() as unit:
        others = list_of_episode(unit, task.episode_id, ask.today)
    return not [each for each in others if each.state in UNDONE]

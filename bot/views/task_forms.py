"""The forms that change a task: a new date, another owner, dropping it; and adding one."""

from datetime import date

from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.vocabulary import Mover
from bot.views.blocks import section
from bot.views.elements import (
    Choice,
    account_select,
    date_picker,
    person_select,
    radio,
    text_input,
)
from bot.views.limits import shorten
from bot.views.reply import Block, View
from bot.views.surfaces import form, question
from bot.views.words import word

MOVE, HAND, DROP, ADD = "task_move", "task_hand", "task_drop", "task_add"
TASK, ACCOUNT = "task", "account"
TITLE, DUE_ON, REASON, OWNER, MOVER, NOTE = "title", "due_on", "reason", "owner", "mover", "note"
LONGEST_TITLE, LONGEST_REASON, LONGEST_NOTE = 200, 300, 600
_NAME, _TITLE, _OWNER = 80, 200, 40


def build_move_form(say: Say, task: TaskRow, proposed_on: date, today: date) -> View:
    """The new day, a proposed one filled in, and why."""
    day = question(
        DUE_ON,
        say("tasks", "label_new_on"),
        date_picker(DUE_ON, say("tasks", "choose_date"), proposed_on),
        hint=say("tasks", "hint_due_on"),
    )
    return _form(say, MOVE, "move_title", task, today, [day, _why(say)])


def build_hand_form(say: Say, task: TaskRow, today: date) -> View:
    """Who does it from now on."""
    chosen = task.owner.slack_user if task.owner else None
    who = person_select(OWNER, say("tasks", "choose_owner"), chosen)
    blocks = [question(OWNER, say("tasks", "label_owner"), who)]
    return _form(say, HAND, "hand_title", task, today, blocks)


def build_drop_form(say: Say, task: TaskRow, today: date) -> View:
    """Why it is not done after all."""
    return _form(say, DROP, "drop_title", task, today, [_why(say)])


def build_add_form(say: Say, proposed_on: date, owner: str, account: Choice | None = None) -> View:
    """A task by hand; without an account it is chosen by typing. `owner` is a Slack id."""
    blocks = [] if account else [_which(say)]
    return form(
        ADD,
        title=say("tasks", "add_title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        carried={ACCOUNT: account[1]} if account else {},
        blocks=[*_about_account(say, account), *blocks, *_questions(say, proposed_on, owner)],
    )


def _questions(say: Say, proposed_on: date, owner: str) -> list[Block]:
    movers = [(say("tasks", f"mover_{each}"), each.value) for each in Mover]
    title = text_input(TITLE, most=LONGEST_TITLE)
    day = date_picker(DUE_ON, say("tasks", "choose_date"), proposed_on)
    who = person_select(OWNER, say("tasks", "choose_owner"), owner or None)
    note = text_input(NOTE, multiline=True, most=LONGEST_NOTE)
    return [
        question(TITLE, say("tasks", "label_title"), title),
        question(DUE_ON, say("tasks", "label_due_on"), day, hint=say("tasks", "hint_due_on")),
        question(OWNER, say("tasks", "label_owner"), who),
        question(MOVER, say("tasks", "label_mover"), radio(movers, MOVER, Mover.US.value)),
        question(NOTE, say("tasks", "label_note"), note, optional=True),
    ]


def _which(say: Say) -> Block:
    picker = account_select(ACCOUNT, say("tasks", "choose_account"))
    return question(ACCOUNT, say("tasks", "label_account"), picker)


def _about_account(say: Say, account: Choice | None) -> list[Block]:
    if account is None:
        return []
    name = shorten(account[0], _NAME)
    return [section(say("tasks", "form_about", name=name, what="", due_on=None, owner=""))]


def _why(say: Say) -> Block:
    reason = text_input(REASON, most=LONGEST_REASON)
    return question(REASON, say("tasks", "label_reason"), reason)


def _form(
    say: Say, callback_id: str, title: str, task: TaskRow, today: date, blocks: list[Block]
) -> View:
    about = say(
        "tasks",
        "form_about",
        name=shorten(task.row.name, _NAME),
        what=shorten(task.named(say.locale), _TITLE),
        due_on=task.due_on,
        owner=shorten(task.owner.name, _OWNER) if task.owner else "",
        today=today,
    )
    return form(
        callback_id,
        title=say("tasks", title),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        carried={TASK: str(task.id)},
        blocks=[section(about), *blocks],
    )

"""What is said privately once a task has changed, with the way to its account."""

from datetime import date

from bot.core.say import Say
from bot.core.task import TaskRow
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Message
from bot.views.surfaces import message
from bot.views.words import named, word

_NAME, _TITLE, _OWNER, _REASON = 60, 100, 40, 200


def build_waits(say: Say, task: TaskRow, today: date) -> Message:
    """Until when nobody asks."""
    return _told(say, task, say("tasks", "waits", until_on=task.waiting_until_on, today=today))


def build_moved(say: Say, task: TaskRow, asked_on: date, today: date) -> Message:
    """The new day, and that the one asked for is a day off where it is."""
    told = say("tasks", "moved", due_on=task.due_on, asked_on=asked_on, today=today)
    return _told(say, task, told)


def build_handed(say: Say, task: TaskRow, today: date) -> Message:
    """Who does it now."""
    told = say("tasks", "handed", name=_owner(task), due_on=task.due_on, today=today)
    return _told(say, task, told)


def build_handed_to_you(say: Say, task: TaskRow, by: str, today: date) -> Message:
    """To the one who does it from now on."""
    given = {"by": shorten(by, _OWNER), "due_on": task.due_on, "today": today}
    return _told(say, task, say("tasks", "handed_to_you", **given), can_finish=True)


def build_dropped(say: Say, task: TaskRow, *, is_last: bool) -> Message:
    """That it is not done; `is_last` where its alert is left without any task."""
    reason = shorten(task.reason or "", _REASON)
    return _told(say, task, say("tasks", "dropped", reason=reason, is_last=is_last))


def build_added(say: Say, task: TaskRow, asked_on: date, today: date) -> Message:
    """What is on the list now."""
    told = say(
        "tasks",
        "added",
        due_on=task.due_on,
        asked_on=asked_on,
        mover=named(say, "mover", task.mover),
        owner=_owner(task),
        today=today,
    )
    return _told(say, task, told)


def _told(say: Say, task: TaskRow, told: str, *, can_finish: bool = False) -> Message:
    name, what = shorten(task.row.name, _NAME), shorten(task.named(say.locale), _TITLE)
    text = say("tasks", "changed", name=name, what=what) + "\n" + told
    card = button(word(say, "card"), "card", str(task.row.id))
    ways = [button(word(say, "tasks"), "tasks"), card]
    if can_finish:
        ways.insert(0, button(word(say, "task_done"), "task_done", str(task.id), style="primary"))
    return message(text, [section(text), *actions(ways)])


def _owner(task: TaskRow) -> str:
    return shorten(task.owner.name, _OWNER) if task.owner else ""

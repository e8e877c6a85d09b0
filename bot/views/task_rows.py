"""One task in a list, and the buttons of tasks and alerts wherever they stand.

Names of deeds and their words are here once, so that a list cannot offer what another lacks.
"""

from datetime import date

from bot.core.alert import AlertRow
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.told import ALERT, CLEARED, WAITING
from bot.core.vocabulary import TaskState
from bot.views.blocks import Element, actions, section
from bot.views.elements import button, overflow
from bot.views.limits import shorten
from bot.views.reply import Block
from bot.views.words import named, word

NAME, TITLE = 60, 80
Entry = tuple[str, str, str]


def build_task_row(say: Say, task: TaskRow, today: date, *, owner: bool = False) -> list[Block]:
    """What, for whom, by when; `owner` says who does it."""
    told = say("task_row", "row", **facts_of(say, task, today), with_owner=owner)
    return [section(told), *actions(list_task_ways(say, task))]


def facts_of(say: Say, task: TaskRow, today: date) -> dict[str, object]:
    """What every row about a task may tell; `late` counts days and is 0 in time or waiting."""
    return {
        "mark": named(say, "mark", task.row.standing.band),
        "name": shorten(task.row.name, NAME),
        "title": shorten(task.named(say.locale), TITLE),
        "arr": task.row.arr,
        "mover": named(say, "mover", task.mover),
        "due_on": task.due_on,
        "late": (today - task.due_on).days if task.is_overdue(today) else 0,
        "owner": shorten(task.owner.name, NAME) if task.owner else "",
        "today": today,
    }


def list_task_ways(say: Say, task: TaskRow) -> list[Element]:
    """To close it, or to say that a customer who is waited for was asked again; and the menu."""
    ref, is_waiting = str(task.id), task.state is TaskState.WAITING
    done = (word(say, "task_done"), "task_done", ref)
    names = [*(() if is_waiting else ("task_wait",)), "task_move", "task_hand", "task_drop"]
    entries: list[Entry] = [done] if is_waiting else []
    entries += [(word(say, name), name, ref) for name in names]
    entries.append((word(say, "card"), "card", str(task.row.id)))
    again = button(word(say, "ask_again"), "task_again", ref)
    return [again if is_waiting else button(*done), overflow(entries)]


def list_alert_ways(say: Say, alert: AlertRow, group: str) -> list[Element]:
    """To claim it, to say that the customer was asked again, or to look at it; and the menu."""
    ref, account = str(alert.id), str(alert.row.id)
    see = (say("alert", "open"), "alert", ref)
    wait = (say("alert", "wait"), "alert_wait", ref)
    entries = [(word(say, "why"), "alert_why", ref), (word(say, "card"), "card", account)]
    entries.append((word(say, "touch"), "touch", account))
    if group == ALERT:
        return [button(say("alert", "claim"), "alert_claim", ref), overflow([see, wait, *entries])]
    if group == WAITING:
        again = button(say("alert", "again"), "alert_wait", ref)
        return [again, overflow([see, *entries])]
    add = (word(say, "task_add"), "task_add", account)
    if group == CLEARED:
        record = button(say("alert", "record"), "episode_done", ref)
        return [record, overflow([see, *entries])]
    return [button(*see), overflow([add, *entries])]


def list_mending_ways(
    say: Say, *, alert: AlertRow | None = None, task: TaskRow | None = None
) -> list[Element]:
    """For a lead: who else does it, by when else."""
    if alert is not None:
        ref = str(alert.id)
        entries = [
            (say("alert", "open"), "alert", ref),
            (word(say, "card"), "card", str(alert.row.id)),
        ]
        return [button(say("alert", "hand"), "alert_hand", ref), overflow(entries)]
    assert task is not None
    ref = str(task.id)
    entries = [(word(say, name), name, ref) for name in ("task_hand", "task_drop")]
    entries.append((word(say, "card"), "card", str(task.row.id)))
    return [button(word(say, "task_move"), "task_move", ref), overflow(entries)]

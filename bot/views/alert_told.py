"""What the person who acted on an alert is told, privately, with the plain next tap."""

from collections.abc import Sequence

from bot.core.alert_page import AlertPage
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.vocabulary import TaskState
from bot.views.alert import build_causes
from bot.views.alert_parts import NAME, about, render_about, render_lasting
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.task_rows import list_task_ways
from bot.views.words import named, word

_TASKS = 15


def build_claimed(say: Say, page: AlertPage) -> Message:
    """They act on it now; the causes, one tap each, and reaching out."""
    alert = page.alert
    told = say("alert_told", "claimed", **about(say, alert))
    wait = button(say("alert", "wait"), "alert_wait", str(alert.id))
    return message(told, [section(told), *build_causes(say, alert), *actions([wait])])


def build_cause_kept(say: Say, page: AlertPage) -> Message:
    """The cause they believe in, and reaching out."""
    alert = page.alert
    cause = named(say, "hypothesis", alert.hypothesis)
    told = say("alert_told", "cause", **about(say, alert), cause=cause)
    return message(told, [section(told)])


def build_waits(say: Say, page: AlertPage) -> Message:
    """The touch is on record, and when we look again; the causes where none is chosen."""
    alert = page.alert
    told = say("alert_told", "waits", **about(say, alert), until_on=alert.waiting_until_on)
    return message(told, [section(told), *build_causes(say, alert)])


def build_snoozed(say: Say, page: AlertPage, *, was_moved: bool) -> Message:
    """Until when; `was_moved` where the day asked for is a day off."""
    until_on = page.alert.snoozed_until_on
    told = say(
        "alert_told",
        "snoozed",
        **about(say, page.alert),
        until_on=until_on,
        was_moved=was_moved,
        today=page.today,
    )
    return message(told, [section(told)])


def build_closed(say: Say, page: AlertPage) -> Message:
    """It is closed as a false alarm."""
    told = say("alert_told", "false_alarm", **about(say, page.alert))
    return message(told, [section(told)])


def build_handed(say: Say, page: AlertPage) -> Message:
    """Who has it now."""
    owner = page.alert.owner.name if page.alert.owner else ""
    told = say("alert_told", "handed", **about(say, page.alert), owner=owner)
    return message(told, [section(told)])


def build_reasons(say: Say, page: AlertPage) -> Message:
    """Every sign that was seen, what the playbook believes, and the way to the score's reasons."""
    alert = page.alert
    signs = [render_lasting(say, each, page.today) for each in alert.reasons]
    lines = [render_about(say, alert), *(f"• {sign}" for sign in signs)]
    if page.belief:
        playbook = alert.named(say.locale)
        lines.append(say("alert", "belief", playbook=playbook, belief=page.belief))
    ways = [
        button(say("alert", "why_score"), "why", str(alert.row.id)),
        button(word(say, "card"), "card", str(alert.row.id)),
    ]
    return message(lines[0], [section("\n".join(lines)), *actions(ways)])


def build_alert_tasks(say: Say, page: AlertPage, tasks: Sequence[TaskRow]) -> Message:
    """What is to be done for the alert and what was, each with its buttons."""
    alert = page.alert
    count = len(tasks)
    told = say("alert", "tasks_lead" if count else "no_tasks", **about(say, alert), count=count)
    add = button(word(say, "task_add"), "task_add", str(alert.row.id))
    blocks = fit(
        [section(told)],
        [_task(say, page, each) for each in tasks[:_TASKS]],
        actions([add]) if alert.is_open else [],
        lambda left: [section(say("words", "and_more", count=left))],
        hidden=max(0, count - _TASKS),
    )
    return message(told, blocks)


def _task(say: Say, page: AlertPage, task: TaskRow) -> list[Block]:
    is_undone = task.state in (TaskState.OPEN, TaskState.WAITING)
    block = {TaskState.OPEN: "task", TaskState.WAITING: "task_waiting"}.get(task.state)
    waits = task.state is TaskState.WAITING
    told = say(
        "alert",
        block or "task_ended",
        title=shorten(task.named(say.locale), NAME),
        due_on=(task.waiting_until_on or task.due_on) if waits else task.due_on,
        is_overdue=task.is_overdue(page.today),
        overdue_days=(page.today - task.due_on).days,
        owner=task.owner.name if task.owner else "",
        state=named(say, "task", task.state),
        today=page.today,
    )
    if not is_undone:
        return [section(told)]
    return [section(told), *actions(list_task_ways(say, task))]

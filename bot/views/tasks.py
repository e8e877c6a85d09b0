"""Open tasks in their groups, a page at a time, each with its ways out. Overdue is no blame."""

from collections.abc import Sequence
from datetime import date

from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.task_page import ACCOUNT, GROUPS, MINE, TaskPage, group_of
from bot.core.vocabulary import TaskState
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.task_rows import NAME, facts_of, list_task_ways
from bot.views.words import named, word

PAGE = "tasks_page"
_REASON = 80


def build_tasks(
    say: Say, found: TaskPage, today: date, account: str = "", wider: str | None = None
) -> Message:
    """The page, of `account` where it is about one.

    `wider` is what else the reader may look at: team, everything, or back to mine.
    """
    lead = _lead(say, found, today, account)
    rows = _rows(say, found, today)
    tail = actions(_tail(say, found, wider))
    return message(lead, fit([section(lead)], rows, tail, lambda left: _rest(say, left)))


def page_value(whose: str, page: int, account_id: int | None = None) -> str:
    """What a pager's button carries."""
    return f"{whose}:{account_id or ''}:{page}"


def read_page_value(value: str) -> tuple[str, int | None, int]:
    """Whose tasks, of which account, and the page."""
    whose, account_id, page = value.split(":")
    return whose, int(account_id) if account_id else None, int(page)


def _lead(say: Say, found: TaskPage, today: date, account: str) -> str:
    counts = {group: found.counts.get(group, 0) for group in GROUPS}
    name = shorten(account, NAME)
    if not found.total:
        return say("tasks", f"none_{found.whose}", name=name, today=today)
    lead = say("tasks", f"lead_{found.whose}", name=name, today=today, total=found.total)
    return f"{lead}\n{say('tasks', 'counts', **counts)}"


def _rows(say: Say, found: TaskPage, today: date) -> list[list[Block]]:
    """A task's blocks; the first of a group on the page brings the group's name and count."""
    made, said = [], set()
    for task in found.rows:
        group = group_of(task, today)
        head = section(say("tasks", f"group_{group}", count=found.counts[group]))
        made.append([*([] if group in said else [head]), *_row(say, found, task, today)])
        said.add(group)
    return made


def _row(say: Say, found: TaskPage, task: TaskRow, today: date) -> list[Block]:
    return [section(_told(say, found, task, today)), *actions(list_task_ways(say, task))]


def _told(say: Say, found: TaskPage, task: TaskRow, today: date) -> str:
    return say(
        "tasks",
        "row",
        **facts_of(say, task, today),
        with_account=found.whose != ACCOUNT,
        with_owner=found.whose != MINE,
        is_waiting=task.state is TaskState.WAITING,
        is_to_ask=task.is_to_ask(today),
        until_on=task.waiting_until_on,
        origin=named(say, "origin", task.origin),
        reason=shorten(task.reason or "", _REASON),
    )


def _tail(say: Say, found: TaskPage, wider: str | None) -> list[Element]:
    made = _pager(say, found)
    if found.whose == ACCOUNT:
        made.append(button(word(say, "task_add"), "task_add", str(found.account_id)))
    if wider is not None:
        made.append(button(say("tasks", f"see_{wider}"), PAGE, page_value(wider, 0), number=3))
    return made


def _pager(say: Say, found: TaskPage) -> list[Element]:
    steps = [("previous_page", found.page - 1), ("next_page", found.page + 1)]
    return [
        button(word(say, name), PAGE, page_value(found.whose, page, found.account_id), number=at)
        for at, (name, page) in enumerate(steps, start=1)
        if 0 <= page <= found.last_page
    ]


def _rest(say: Say, left: int) -> Sequence[Block]:
    return [context(say("words", "and_more", count=left))]

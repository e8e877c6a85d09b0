"""One task in a list, and the buttons of tasks and alerts wherever they stand.

Names of deeds and their words are here once, so that a list cannot offer what another lacks.
"""

from datetime import date

from bot.core.alert import AlertRow
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.views.blocks import Element, actions, section
from bot.views.elements import button, overflow
from bot.views.limits import shorten
from bot.views.reply import Block
from bot.views.words import named, word

NAME, TITLE = 60, 80
Entry = tuple[str, str, str]


def build_task_row(say: Say, task: TaskRow, today: date, *, owner: bool = False) -> list[Block]:
    """What, for whom, by when; `owner` says who does it."""
    told = say(
        "task_row",
        "row",
        mark=named(say, "mark", task.row.standing.band),
        name=shorten(task.row.name, NAME),
        title=shorten(task.named(say.locale), TITLE),
        arr=task.row.arr,
        mover=named(say, "mover", task.mover),
        due_on=task.due_on,
        late=(today - task.due_on).days if task.is_overdue(today) else 0,
        owner=shorten(task.owner.name, NAME) if owner and task.owner else "",
        today=today,
    )
    return [section(told), *actions(list_task_ways(say, task))]


def list_task_ways(say: Say, task: TaskRow) -> list[Element]:
    """The one thing to press, and the menu."""
    ref = str(task.row.id)
    entries = [(word(say, name), name, ref) for name in ("card", "why")]
    return [button(word(say, "touch"), "touch", ref), overflow(entries)]


def list_mending_ways(
    say: Say, *, alert: AlertRow | None = None, task: TaskRow | None = None
) -> list[Element]:
    """For a lead: who else does it, by when else."""
    row = alert.row if alert else task.row if task else None
    assert row is not None
    return [button(word(say, "card"), "card", str(row.id))]

"""What is said privately once an outcome is recorded, and the way to the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.outcome import OutcomeRow, ResultChoice
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.vocabulary import Ending
from bot.views.blocks import Element, actions, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.outcome_form import name_result
from bot.views.reply import Message
from bot.views.surfaces import message
from bot.views.words import named, word

_NAME, _TITLE, _QUOTE = 60, 100, 300


@dataclass(frozen=True)
class RecordedPage:
    """An outcome just recorded: `next_task` was made with it on a day other than `next_asked_on`
    where that is a day off; `ending` is that of the alert, `alert` its name."""

    outcome: OutcomeRow
    results: Sequence[ResultChoice]
    today: date
    next_task: TaskRow | None = None
    next_asked_on: date | None = None
    ending: Ending | None = None
    alert: str = ""
    has_voc: bool = False


def build_recorded(say: Say, page: RecordedPage) -> Message:
    """What stands on record, when it is looked at again, and what comes next."""
    lines = [_record(say, page), _alert(say, page), _checks(say, page), _next(say, page)]
    told = "\n".join(line for line in lines if line)
    return message(told, [section(told), *actions(_ways(say, page))])


def build_waits_with_next(
    say: Say, task: TaskRow, next_task: TaskRow | None, today: date
) -> Message:
    """No end yet: until when the customer has time, and what was planned beside it."""
    lines = [say("tasks", "changed", name=_name(task), what=_what(say, task))]
    lines.append(say("tasks", "waits", until_on=task.waiting_until_on, today=today))
    if next_task is not None:
        lines.append(_planned(say, next_task, None, today))
    told = "\n".join(lines)
    card = button(word(say, "card"), "card", str(task.row.id))
    return message(told, [section(told), *actions([card])])


def _record(say: Say, page: RecordedPage) -> str:
    made = page.outcome
    return say(
        "outcome",
        "recorded",
        name=shorten(made.row.name, _NAME),
        what=shorten(made.named(say.locale), _TITLE),
        done=shorten(made.done, _QUOTE),
        result=name_result(say, page.results, made.result),
        impression=shorten(made.impression, _QUOTE),
        mover=named(say, "mover", made.mover),
        has_voc=page.has_voc,
    )


def _alert(say: Say, page: RecordedPage) -> str:
    if page.ending is None:
        return ""
    return say("outcome", f"closed_{page.ending}", alert=shorten(page.alert, _TITLE))


def _checks(say: Say, page: RecordedPage) -> str:
    days = [each.due_on for each in page.outcome.checks]
    return say("outcome", "checks", days=days, today=page.today) if days else ""


def _next(say: Say, page: RecordedPage) -> str:
    if page.next_task is not None:
        return _planned(say, page.next_task, page.next_asked_on, page.today)
    return "" if page.outcome.has_next else say("outcome", "no_next")


def _planned(say: Say, task: TaskRow, asked_on: date | None, today: date) -> str:
    return say(
        "outcome",
        "next",
        what=_what(say, task),
        due_on=task.due_on,
        asked_on=asked_on if asked_on != task.due_on else None,
        today=today,
    )


def _ways(say: Say, page: RecordedPage) -> list[Element]:
    """Without a next action the way to one leads."""
    ref, has_next = str(page.outcome.row.id), page.outcome.has_next
    add = button(word(say, "task_add"), "task_add", ref, style=None if has_next else "primary")
    return [add, button(word(say, "tasks"), "tasks"), button(word(say, "card"), "card", ref)]


def _name(task: TaskRow) -> str:
    return shorten(task.row.name, _NAME)


def _what(say: Say, task: TaskRow) -> str:
    return shorten(task.named(say.locale), _TITLE)

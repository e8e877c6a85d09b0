"""What became of a task, as lines in the thread of its alert, in the language of who reads there.

What people wrote is quoted; nobody is blamed for a new date.
"""

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.outcome import ResultChoice, Told
from bot.core.task import TaskRow
from bot.views.alert_log import LogLine
from bot.views.limits import shorten
from bot.views.outcome_form import name_result

_NAME, _TITLE, _TEXT = 40, 100, 300


def log_moved(task: TaskRow, by: str, at: datetime, today: date) -> LogLine:
    """The new date and its reason."""
    given = {"due_on": task.due_on, "reason": _cut(task.reason), "today": today}
    return _line(task, "moved", by, at, **given)


def log_handed(task: TaskRow, by: str, at: datetime) -> LogLine:
    """Who does it now."""
    return _line(task, "handed", by, at, to=shorten(task.owner.name, _NAME) if task.owner else "")


def log_dropped(task: TaskRow, by: str, at: datetime) -> LogLine:
    """That it is not done after all, and why."""
    return _line(task, "dropped", by, at, reason=_cut(task.reason))


def log_done(task: TaskRow, by: str, told: Told, results: Sequence[ResultChoice]) -> LogLine:
    """What was done, and what came of it."""
    given = {"by": shorten(by, _NAME), "impression": _cut(told.impression)}
    return LogLine(
        f"outcome:{task.id}",
        lambda say: say(
            "task_log",
            "done",
            what=shorten(task.named(say.locale), _TITLE),
            result=name_result(say, results, told.result),
            **given,
        ),
    )


def _line(task: TaskRow, block: str, by: str, at: datetime, **given: object) -> LogLine:
    return LogLine(
        f"task:{task.id}:{block}:{at:%Y%m%dT%H%M%S%f}",
        lambda say: say(
            "task_log",
            block,
            what=shorten(task.named(say.locale), _TITLE),
            by=shorten(by, _NAME),
            **given,
        ),
    )


def _cut(text: str | None) -> str:
    return shorten(text or "", _TEXT)

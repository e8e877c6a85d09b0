"""Every view of tasks and outcomes, of whatever texts and sizes a test chooses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core.account_card import BookRow, Colleague
from bot.core.movement import Shift
from bot.core.outcome import Check, Figures, OutcomeRow, ResultChoice
from bot.core.outcome_page import OutcomePage
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.task_page import GROUPS, TaskPage, group_of
from bot.core.vocabulary import CommonResult, Ending, Hypothesis, Mover, Origin, TaskState
from bot.frame.measure import Unit
from bot.views.outcome_form import build_outcome_form, build_pick_form
from bot.views.outcome_told import RecordedPage, build_recorded, build_waits_with_next
from bot.views.reply import Message, View
from bot.views.task_forms import (
    build_add_form,
    build_drop_form,
    build_hand_form,
    build_move_form,
)
from bot.views.task_told import (
    build_added,
    build_dropped,
    build_handed,
    build_handed_to_you,
    build_moved,
    build_waits,
)
from bot.views.tasks import build_tasks

TODAY = date(2026, 11, 20)
SOON = TODAY + timedelta(days=4)


def list_task_views(
    say: Say, text: str, rows: Sequence[BookRow]
) -> Iterator[tuple[str, Message | View]]:
    """All of them, by name."""
    tasks = [_task(text, row, number) for number, row in enumerate(rows[:60])]
    for whose in ("mine", "team", "everything", "account"):
        page = _page(whose, tasks)
        yield f"tasks {whose}", build_tasks(say, page, TODAY, text, "team")
        yield f"no tasks {whose}", build_tasks(say, _page(whose, []), TODAY, text)
    task = tasks[0]
    yield "move form", build_move_form(say, task, SOON, TODAY)
    yield "hand form", build_hand_form(say, task, TODAY)
    yield "drop form", build_drop_form(say, task, TODAY)
    yield "add form", build_add_form(say, SOON, "U1", (text, "7"))
    yield "add form of any account", build_add_form(say, SOON, "")
    yield "waits", build_waits(say, replace(task, waiting_until_on=SOON), TODAY)
    yield "moved", build_moved(say, task, SOON, TODAY)
    yield "handed", build_handed(say, task, TODAY)
    yield "handed to you", build_handed_to_you(say, task, text, TODAY)
    yield "dropped", build_dropped(say, task, is_last=True)
    yield "added", build_added(say, task, SOON, TODAY)
    yield from _outcome_views(say, text, tasks)


def _outcome_views(
    say: Say, text: str, tasks: Sequence[TaskRow]
) -> Iterator[tuple[str, Message | View]]:
    task = replace(tasks[0], waiting_until_on=SOON)
    own = [ResultChoice(f"own{number}", {"ja": text, "en": text}) for number in range(len(tasks))]
    usual = [ResultChoice(each.value) for each in CommonResult]
    shift = Shift(text, Unit.SHARE.value, "20bd", 0.21, None, 0.0)
    figures = Figures(TODAY, 48.4, 63.1, "key_feature_rate_20bd", 0.21, None)
    full = OutcomePage(task, figures, own[:50] + usual, TODAY, shift, Hypothesis.SEASON, True, True)
    yield "outcome form", build_outcome_form(say, full)
    plain = OutcomePage(task, Figures(TODAY), [ResultChoice("done"), *usual], TODAY)
    yield "outcome form of a task by hand", build_outcome_form(say, plain)
    yield "pick form", build_pick_form(say, tasks)
    yield "pick form of an account", build_pick_form(say, tasks, text)
    page = RecordedPage(_outcome(text, task), own, TODAY)
    yield "outcome recorded", build_recorded(say, page)
    for ending in Ending:
        closed = replace(
            page, next_task=task, next_asked_on=SOON, ending=ending, alert=text, has_voc=True
        )
        yield f"outcome that closed {ending}", build_recorded(say, closed)
    yield "still waits", build_waits_with_next(say, task, task, TODAY)


def _task(text: str, row: BookRow, number: int) -> TaskRow:
    is_waiting = number % 5 == 2
    return TaskRow(
        id=2**60 + number,
        row=row,
        title={"ja": text, "en": text},
        due_on=TODAY + timedelta(days=number % 12 - 4),
        state=TaskState.WAITING if is_waiting else TaskState.OPEN,
        origin=list(Origin)[number % 3],
        mover=list(Mover)[number % 2],
        made_on=TODAY,
        owner_id=1,
        owner=Colleague(text, "U1") if number % 4 else None,
        waiting_until_on=TODAY + timedelta(days=number % 3 - 1) if is_waiting else None,
        reason=text if number % 2 else None,
    )


def _page(whose: str, tasks: Sequence[TaskRow]) -> TaskPage:
    counts = {group: sum(group_of(each, TODAY) == group for each in tasks) for group in GROUPS}
    return TaskPage(whose, counts, tasks, 1, max(1, len(tasks) // 3), 7)


def _outcome(text: str, task: TaskRow) -> OutcomeRow:
    return OutcomeRow(
        id=1,
        task_id=task.id,
        row=task.row,
        title=task.title,
        done=text + "!",
        result="own0",
        impression=text,
        mover=Mover.THEM,
        then_on=TODAY,
        recorded_on=TODAY,
        checks=[Check(14, SOON), Check(30, TODAY + timedelta(days=400))],
    )

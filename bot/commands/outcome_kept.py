"""The submitted form of an outcome. Nothing is closed without result and impression."""

from collections.abc import Sequence
from datetime import date

from bot.ask import Ask
from bot.commands.task import keep_alert, read_task, said, wrong_day
from bot.core.outcome import ResultChoice, Told
from bot.core.refusal import AlreadyDone
from bot.core.task import TaskRow
from bot.core.vocabulary import CommonResult, Hypothesis, Mover
from bot.registry import CS_TEAM, form
from bot.services.outcome_pages import list_results_of
from bot.services.outcomes import Recorded, record_outcome
from bot.store.episodes import get_alert
from bot.store.outcomes import find_of_task
from bot.views.outcome_form import (
    CAUSE,
    CLOSES,
    DONE,
    FORM,
    IMPRESSION,
    MOVER,
    NEXT_ON,
    NEXT_TITLE,
    RESULT,
    SAID,
    TASK,
    TONE,
)
from bot.views.outcome_told import RecordedPage, build_recorded, build_waits_with_next
from bot.views.reply import CloseForm, FormErrors, Message, Reply
from bot.views.task_log import log_done


@form(FORM, roles=CS_TEAM)
def keep_outcome(ask: Ask) -> Reply:
    """Record it, or say below each field what is missing; once, however many press."""
    if errors := _judge(ask):
        return FormErrors(errors)
    task_id, closes = int(ask.carried[TASK]), bool(ask.carried.get(CLOSES))
    told, by, today = _read_form(ask), ask.person, ask.today
    try:
        with ask.writing() as unit:
            recorded = record_outcome(unit, task_id, told, by=by, today=today, closes=closes)
    except AlreadyDone:
        keep_alert(ask, read_task(ask, task_id))
        raise
    task = read_task(ask, task_id)
    with ask.reading() as unit:
        results = list_results_of(unit, task_id)
    is_done = recorded.outcome is not None
    keep_alert(ask, task, *([log_done(task, by.name, told, results)] if is_done else []))
    return CloseForm(_tell(ask, task, told, recorded, results))


def _judge(ask: Ask) -> dict[str, str]:
    """What is missing, each with its sentence; a next step is both its words and its day."""
    needed = [] if said(ask, RESULT) == CommonResult.WAITING else [RESULT, IMPRESSION]
    errors = {name: ask.say("outcome", "incomplete") for name in needed if not said(ask, name)}
    pair = (NEXT_TITLE, NEXT_ON)
    if any(said(ask, name) for name in pair):
        empty = [name for name in pair if not said(ask, name)]
        errors |= {name: ask.say("outcome", f"needed_{name}") for name in empty}
    return errors | wrong_day(ask, NEXT_ON)


def _read_form(ask: Ask) -> Told:
    cause = said(ask, CAUSE)
    return Told(
        done=said(ask, DONE),
        result=said(ask, RESULT),
        impression=said(ask, IMPRESSION),
        mover=Mover(said(ask, MOVER) or Mover.US),
        hypothesis=Hypothesis(cause) if cause else None,
        said=said(ask, SAID),
        sentiment=said(ask, TONE) or "neutral",
        next_title=said(ask, NEXT_TITLE),
        next_on=date.fromisoformat(said(ask, NEXT_ON)) if said(ask, NEXT_ON) else None,
    )


def _tell(
    ask: Ask, task: TaskRow, told: Told, recorded: Recorded, results: Sequence[ResultChoice]
) -> Message:
    following = read_task(ask, recorded.next_task.id) if recorded.next_task else None
    if recorded.outcome is None:
        return build_waits_with_next(ask.say, task, following, ask.today)
    with ask.reading() as unit:
        made = find_of_task(unit, task.id, ask.today)
        alert = get_alert(unit, task.episode_id, ask.today) if task.episode_id else None
    assert made is not None
    page = RecordedPage(
        outcome=made,
        results=results,
        today=ask.today,
        next_task=following,
        next_asked_on=told.next_on,
        ending=recorded.ending,
        alert=alert.named(ask.say.locale) if alert else "",
        has_voc=bool(told.said),
    )
    return build_recorded(ask.say, page)

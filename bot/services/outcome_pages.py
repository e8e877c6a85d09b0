"""What the form of an outcome is filled in with. Refuses what has ended."""

from datetime import date

from sqlalchemy import select

from bot.core.movement import Shift
from bot.core.outcome import Figures, ResultChoice
from bot.core.outcome_page import OutcomePage
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Hypothesis
from bot.frame.catalogue import load_catalogue
from bot.services.figures import find_figures
from bot.services.outcomes import list_results
from bot.store.tables import Episode, Task, TaskOutcome
from bot.store.tasks import UNDONE, get_task
from bot.store.unit import Unit


def read_outcome_page(
    unit: Unit, task_id: int, today: date, locale: str, *, closes: bool = False
) -> OutcomePage:
    """The task with its numbers, in the reader's language; `closes` closes its alert with it."""
    task = unit.session.scalars(select(Task).filter_by(id=task_id)).one_or_none()
    if task is None:
        raise Refusal("no_such_task")
    if task.state not in UNDONE:
        raise AlreadyDone("task_ended")
    figures = find_figures(unit, task, today)
    return OutcomePage(
        task=get_task(unit, task_id, today),
        figures=figures,
        results=list_results(unit, task),
        today=today,
        shift=_name_measure(figures, locale),
        cause=_find_cause(unit, task),
        has_cause=task.episode_id is not None,
        closes=closes,
    )


def list_results_of(unit: Unit, task_id: int) -> list[ResultChoice]:
    """The results the task may end in, or might have."""
    return list_results(unit, unit.session.scalars(select(Task).filter_by(id=task_id)).one())


def _name_measure(figures: Figures, locale: str) -> Shift | None:
    measure = load_catalogue().get(figures.measure or "")
    if measure is None:
        return None
    return Shift(
        label=measure.label.get(locale),
        unit=measure.unit.value,
        window=measure.window,
        before=figures.value_then,
        now=figures.value_now,
        points=0.0,
    )


def _find_cause(unit: Unit, task: Task) -> Hypothesis | None:
    """The last cause chosen: with the outcome of an earlier step, else at the claim."""
    if task.episode_id is None:
        return None
    outcomes = select(TaskOutcome.hypothesis).filter_by(episode_id=task.episode_id)
    chosen = outcomes.where(TaskOutcome.hypothesis.is_not(None))
    newest = chosen.order_by(TaskOutcome.recorded_at.desc(), TaskOutcome.id.desc()).limit(1)
    claimed = select(Episode.hypothesis).filter_by(id=task.episode_id)
    found = unit.session.scalars(newest).first() or unit.session.scalars(claimed).one_or_none()
    return Hypothesis(found) if found else None

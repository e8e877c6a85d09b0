"""What became of like accounts that nobody treated, over the same days as a treated one.

Like is: the same touch model, and a score within 7.5 points on the same day. Untreated is: no
alert of theirs was acted on, no outcome recorded and no task done meanwhile; an alert that nobody
took up leaves an account untreated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.core.vocabulary import TaskState
from bot.store.tables import Account, AccountScore, Episode, Task, TaskOutcome
from bot.store.unit import Unit

NEAR = 7.5

_Own = aliased(Account, name="own")
_Like = aliased(Account, name="alike")
_Then = aliased(AccountScore, name="score_then")
_Due = aliased(AccountScore, name="score_due")


@dataclass(frozen=True)
class Like:
    """How many accounts, their mean change in points, and its standard deviation (of a sample)."""

    count: int = 0
    change: float | None = None
    spread: float | None = None


def measure_like(
    unit: Unit, outcome_ids: Sequence[int], then_on: date, due_on: date
) -> dict[int, Like]:
    """By outcome, from the run of one day to that of another; one statement for all of them.

    Outcomes without any like account are left out.
    """
    change = _Due.score - _Then.score
    wanted = (
        select(TaskOutcome.id, func.count(), func.avg(change), func.avg(change * change))
        .join(_Own, _of(_Own, _Own.id == TaskOutcome.account_id))
        .join(_Like, _of(_Like, _Like.touch == _Own.touch, _Like.id != _Own.id))
        .join(_Then, _of(_Then, _Then.run_on == then_on, _Then.account_id == _Like.id))
        .join(_Due, _of(_Due, _Due.run_on == due_on, _Due.account_id == _Like.id))
        .where(TaskOutcome.id.in_(outcome_ids), _Like.is_active, _Due.score.is_not(None))
        .where(_Then.score >= TaskOutcome.score_then - NEAR)
        .where(_Then.score <= TaskOutcome.score_then + NEAR)
        .where(*(~each for each in _treated(then_on, due_on)))
        .group_by(TaskOutcome.id)
    )
    rows = unit.session.execute(wanted)
    return {key: _like(count, float(mean), float(square)) for key, count, mean, square in rows}


def _of(entity: Any, *conditions: Any) -> Any:
    """Inside one workspace, said outright so that the composite indexes are used."""
    return and_(entity.workspace_id == TaskOutcome.workspace_id, *conditions)


def _treated(then_on: date, due_on: date) -> list[Any]:
    other = aliased(TaskOutcome)
    alert = exists().where(
        Episode.workspace_id == _Like.workspace_id,
        Episode.account_id == _Like.id,
        Episode.claimed_by_id.is_not(None),
        Episode.opened_on <= due_on,
        or_(Episode.closed_on.is_(None), Episode.closed_on >= then_on),
    )
    outcome = exists().where(
        other.workspace_id == _Like.workspace_id,
        other.account_id == _Like.id,
        other.recorded_on.between(then_on, due_on),
    )
    task = exists().where(
        Task.workspace_id == _Like.workspace_id,
        Task.account_id == _Like.id,
        Task.state == TaskState.DONE.value,
        Task.ended_on.between(then_on, due_on),
    )
    return [alert, outcome, task]


def _like(count: int, mean: float, square: float) -> Like:
    if count < 2:
        return Like(count, mean)
    # Rounding may leave a hair below nought where all changed alike.
    variance = max(0.0, square - mean * mean) * count / (count - 1)
    return Like(count, mean, sqrt(variance))

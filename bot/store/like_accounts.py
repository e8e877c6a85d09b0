"""What became of like accounts that nobody treated, over the same days as a treated one.

Like is: the same touch model, and a score within 7.5 points on the same day. Untreated is: no
alert of theirs was acted on, no outcome recorded and no task done meanwhile; an alert that nobody
took up leaves an account untreated. Who has an outcome is no like account of itself.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import sqrt
from typing import Any

from sqlalchemy import and_, or_, select

from bot.core.vocabulary import TaskState
from bot.store.aliases import build_alias
from bot.store.tables import Account, AccountScore, Episode, Task, TaskOutcome
from bot.store.unit import Unit

NEAR = 7.5

_Then = build_alias(AccountScore, "score_then")
_Due = build_alias(AccountScore, "score_due")


@dataclass(frozen=True)
class Like:
    """How many accounts, their mean change in points, and its standard deviation (of a sample)."""

    count: int = 0
    change: float | None = None
    spread: float | None = None


class Untreated:
    """Accounts of one touch model: score on the first day, and change until the last."""

    def __init__(self, rows: Iterable[tuple[float, float]]) -> None:
        ordered = sorted(rows)
        self._scores = [score for score, _ in ordered]
        self._sums = _sum_up([change for _, change in ordered])
        self._squares = _sum_up([change * change for _, change in ordered])

    def around(self, score: float) -> Like:
        """Those that stood within reach of a score, both edges included."""
        low = bisect_left(self._scores, score - NEAR)
        high = bisect_right(self._scores, score + NEAR)
        if low == high:
            return Like()
        count = high - low
        mean = (self._sums[high] - self._sums[low]) / count
        square = (self._squares[high] - self._squares[low]) / count
        if count == 1:
            return Like(1, mean)
        # Rounding may leave a hair below nought where all changed alike.
        variance = max(0.0, square - mean * mean) * count / (count - 1)
        return Like(count, mean, sqrt(variance))


def list_untreated(unit: Unit, then_on: date, due_on: date) -> dict[str, Untreated]:
    """By touch model, from the run of one day to that of another; one statement."""
    ours = Account.workspace_id
    wanted = (
        select(Account.touch, _Then.score, _Due.score - _Then.score)
        .join(_Then, and_(_Then.workspace_id == ours, _Then.account_id == Account.id))
        .join(_Due, and_(_Due.workspace_id == ours, _Due.account_id == Account.id))
        .where(_Then.run_on == then_on, _Due.run_on == due_on, Account.is_active)
        .where(*(Account.id.not_in(each) for each in _treated(then_on, due_on)))
    )
    found: dict[str, list[tuple[float, float]]] = {}
    for touch, score, change in unit.session.execute(wanted):
        # Who was not scored on both days has no change.
        if score is not None and change is not None:
            found.setdefault(touch, []).append((score, change))
    return {touch: Untreated(rows) for touch, rows in found.items()}


@dataclass(frozen=True)
class Alike:
    """An account with its score on the first of two days, and what that changed until the last."""

    account_id: int
    touch: str
    score: float
    change: float


def list_alike(unit: Unit, then_on: date, due_on: date) -> list[Alike]:
    """Untreated accounts between two runs, those that have left since included; one statement."""
    ours = Account.workspace_id
    wanted = (
        select(Account.id, Account.touch, _Then.score, _Due.score)
        .join(_Then, and_(_Then.workspace_id == ours, _Then.account_id == Account.id))
        .join(_Due, and_(_Due.workspace_id == ours, _Due.account_id == Account.id))
        .where(_Then.run_on == then_on, _Due.run_on == due_on)
        .where(*(Account.id.not_in(each) for each in _treated(then_on, due_on)))
        .order_by(Account.id)
    )
    return [
        Alike(account_id, touch, then, due - then)
        for account_id, touch, then, due in unit.session.execute(wanted)
        if then is not None and due is not None
    ]


def _treated(then_on: date, due_on: date) -> list[Any]:
    alert = select(Episode.account_id).where(
        Episode.claimed_by_id.is_not(None),
        Episode.opened_on <= due_on,
        or_(Episode.closed_on.is_(None), Episode.closed_on >= then_on),
    )
    outcome = select(TaskOutcome.account_id).where(TaskOutcome.recorded_on.between(then_on, due_on))
    task = select(Task.account_id).where(
        Task.state == TaskState.DONE.value, Task.ended_on.between(then_on, due_on)
    )
    return [alert, outcome, task]


def _sum_up(numbers: Sequence[float]) -> list[float]:
    return list(accumulate(numbers, initial=0.0))

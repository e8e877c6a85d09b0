"""What playbooks moved, and what became of leaving: trials for the guard. For heavy work alone.

A treated account is compared with those that stood alike on the same day and that nobody worked
on. Refuses to call a difference an effect: the treated were chosen.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy import and_, select

from bot.core.validity import Chased
from bot.frame.catalogue import get_measure, load_catalogue
from bot.frame.measure import Unit as Measured
from bot.health.model import HealthDocument, list_shipped, load_shipped
from bot.insight.goodhart import Guarded, Trial, guard
from bot.services.validity.cases import LEFT
from bot.services.validity.past import read_day
from bot.store.like_accounts import NEAR, Alike, list_alike
from bot.store.score_runs import list_runs, run_of
from bot.store.tables import Account, AccountOutcome, OutcomeCheck, TaskOutcome
from bot.store.unit import Store, Unit

SCORE = "score"
# Runs of two years whose half year afterwards has passed.
WINDOW, AFTERWARDS = timedelta(days=730), timedelta(days=180)
_CHECKED_AFTER = 30
# So many alike accounts stand beside each treated one.
_BESIDE = 5
_LOWER_IS_BETTER = (Measured.DAYS, Measured.BUSINESS_DAYS)


@dataclass(frozen=True)
class Run:
    """An account a playbook was run on, between the runs of two days."""

    playbook: str
    measure: str
    account_id: int
    touch: str
    score: float
    days: tuple[date, date]
    change: float


@dataclass(frozen=True)
class Sided:
    """One account of a trial."""

    account_id: int
    days: tuple[date, date]
    change: float
    is_treated: bool


def list_chased(
    store: Store, workspace_id: int, today: date, documents: Sequence[HealthDocument]
) -> list[Chased]:
    """By playbook and the measure it is to move; those nobody ran are left out."""
    with store.reading(workspace_id) as unit:
        runs = _list_treated(unit, today)
        alike = {days: list_alike(unit, *days) for days in {each.days for each in runs}}
        left = _list_left(unit, today)
    groups: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for each in runs:
        groups[each.playbook, each.measure].append(each)
    told = []
    for (playbook, measure), own in sorted(groups.items()):
        sides = list(_sides(own, alike))
        moves = _moves(store, workspace_id, measure, sides)
        trial = Trial(
            playbook,
            measure,
            moves,
            np.array([_has_left(left, each) for each in sides], dtype=bool),
            np.array([each.is_treated for each in sides], dtype=bool),
            is_higher_better(measure, documents),
        )
        told.append(_told(guard(trial)))
    return told


def is_higher_better(measure: str, documents: Sequence[HealthDocument]) -> bool:
    """By the curve of a model that weighs it; else only days since something are better few."""
    shipped = [load_shipped(name) for name in list_shipped()]
    for document in (*documents, *shipped):
        for variant in document.variants:
            for each in variant.measures:
                if each.measure == measure:
                    return each.curve[0][1] <= each.curve[-1][1]
    known = measure in load_catalogue()
    return not known or get_measure(measure).unit not in _LOWER_IS_BETTER


def _list_treated(unit: Unit, today: date) -> list[Run]:
    """The first run of each playbook on an account, where both its days were scored."""
    outcome, check = TaskOutcome, OutcomeCheck
    wanted = (
        select(outcome, check, Account.touch)
        .join(
            check,
            and_(check.workspace_id == outcome.workspace_id, check.outcome_id == outcome.id),
        )
        .join(
            Account,
            and_(Account.workspace_id == outcome.workspace_id, Account.id == outcome.account_id),
        )
        .where(outcome.playbook.is_not(None), outcome.score_then.is_not(None))
        .where(outcome.then_on > today - WINDOW, outcome.then_on <= today - AFTERWARDS)
        .where(check.after_days == _CHECKED_AFTER, check.score.is_not(None))
        .order_by(outcome.then_on, outcome.id)
    )
    runs = list_runs(unit)
    found: dict[tuple[str, int], Run] = {}
    for done, checked, touch in unit.session.execute(wanted):
        made = _read_run(done, checked, touch, runs)
        if made is not None:
            found.setdefault((made.playbook, made.account_id), made)
    return list(found.values())


def _read_run(
    done: TaskOutcome, checked: OutcomeCheck, touch: str, runs: Sequence[date]
) -> Run | None:
    then_on, due_on = run_of(runs, done.then_on), run_of(runs, checked.due_on)
    playbook, before, after = done.playbook, done.score_then, checked.score
    if then_on is None or due_on is None or playbook is None or before is None or after is None:
        return None
    measure, days = done.measure or SCORE, (then_on, due_on)
    return Run(playbook, measure, done.account_id, touch, before, days, after - before)


def _list_left(unit: Unit, today: date) -> dict[int, list[date]]:
    wanted = select(AccountOutcome.account_id, AccountOutcome.ended_on).where(
        AccountOutcome.result == LEFT, AccountOutcome.ended_on <= today
    )
    left: dict[int, list[date]] = defaultdict(list)
    for account_id, ended_on in unit.session.execute(wanted):
        left[account_id].append(ended_on)
    return left


def _sides(
    runs: Sequence[Run], alike: Mapping[tuple[date, date], Sequence[Alike]]
) -> Iterator[Sided]:
    """The treated, and beside each those nearest in score; every account stands once."""
    taken = {each.account_id for each in runs}
    for each in runs:
        yield Sided(each.account_id, each.days, each.change, True)
        near = sorted(
            (abs(other.score - each.score), other.account_id, other.change)
            for other in alike[each.days]
            if other.touch == each.touch
            and abs(other.score - each.score) <= NEAR
            and other.account_id not in taken
        )
        for _, account_id, change in near[:_BESIDE]:
            taken.add(account_id)
            yield Sided(account_id, each.days, change, False)


def _moves(
    store: Store, workspace_id: int, measure: str, sides: Sequence[Sided]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The measure on the later day less that on the earlier one; NaN where either is unknown.

    What is only known as it stands today would tell of both days the same, or of leaving itself.
    """
    if measure == SCORE or measure not in load_catalogue():
        return np.array([each.change for each in sides], dtype=float)
    wanted: dict[date, set[int]] = defaultdict(set)
    for each in sides:
        for day in each.days:
            wanted[day].add(each.account_id)
    values = {
        day: read_day(store, workspace_id, day, ids, [measure])[measure].to_dict()
        for day, ids in wanted.items()
    }
    return np.array(
        [
            values[each.days[1]].get(each.account_id, np.nan)
            - values[each.days[0]].get(each.account_id, np.nan)
            for each in sides
        ],
        dtype=float,
    )


def _has_left(left: Mapping[int, Sequence[date]], each: Sided) -> bool:
    first_on = each.days[0]
    return any(first_on < on <= first_on + AFTERWARDS for on in left.get(each.account_id, ()))


def _told(found: Guarded) -> Chased:
    return Chased(
        playbook=found.playbook,
        measure=found.measure,
        following=str(found.following),
        treated=found.treated.count,
        treated_left=found.treated.hits,
        others=found.others.count,
        others_left=found.others.hits,
        is_flagged=found.is_flagged,
    )

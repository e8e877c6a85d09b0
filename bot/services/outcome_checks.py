"""Outcomes looked at again after two weeks and a month, beside like accounts nobody treated.

Each check is measured as of its own day, whenever that is done. Refuses to claim an effect: it
keeps figures, and how many accounts they come from.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select, update

from bot.services.figures import Reading, read_scores
from bot.store.like_accounts import Like, list_untreated
from bot.store.score_runs import PATIENCE, list_runs, run_of
from bot.store.tables import Account, OutcomeCheck, TaskOutcome
from bot.store.unit import Store, Unit

_CHUNK = 500


@dataclass(frozen=True)
class Measurement:
    """What is known of one check on its day."""

    check_id: int
    score: float | None
    value: float | None
    like: Like


Due = tuple[OutcomeCheck, TaskOutcome]


def measure_due(store: Store, workspace_id: int, today: date) -> int:
    """Measure every check whose day has come; how many there were. A second call finds none."""
    with store.reading(workspace_id) as unit:
        measured = _measure(unit, _list_due(unit, today))
    for at in range(0, len(measured), _CHUNK):
        with store.writing(workspace_id) as unit:
            for each in measured[at : at + _CHUNK]:
                _keep(unit, each, today)
    return len(measured)


def _list_due(unit: Unit, today: date) -> list[Due]:
    """Those of days that have been scored, or will not be any more."""
    wanted = (
        select(OutcomeCheck, TaskOutcome)
        .join(
            TaskOutcome,
            and_(
                TaskOutcome.workspace_id == OutcomeCheck.workspace_id,
                TaskOutcome.id == OutcomeCheck.outcome_id,
            ),
        )
        .where(OutcomeCheck.due_on <= today, OutcomeCheck.checked_on.is_(None))
        .order_by(OutcomeCheck.due_on, OutcomeCheck.id)
    )
    found = [(check, outcome) for check, outcome in unit.session.execute(wanted)]
    runs = list_runs(unit)
    scored_on = runs[-1] if runs else date.min
    return [
        (check, outcome)
        for check, outcome in found
        if check.due_on <= scored_on or today >= check.due_on + PATIENCE
    ]


def _measure(unit: Unit, due: Sequence[Due]) -> list[Measurement]:
    """Statements by day and by pair of days, however many checks there are of each."""
    runs = list_runs(unit)
    readings: dict[tuple[int, date], Reading] = {}
    for on in {check.due_on for check, _ in due if run_of(runs, check.due_on)}:
        accounts = {outcome.account_id for check, outcome in due if check.due_on == on}
        found = read_scores(unit, accounts, on)
        readings |= {(account_id, on): reading for account_id, reading in found.items()}
    likes = _measure_likes(unit, due, runs)
    return [
        _build(check, outcome, readings.get((outcome.account_id, check.due_on), Reading()), likes)
        for check, outcome in due
    ]


def _measure_likes(unit: Unit, due: Sequence[Due], runs: Sequence[date]) -> dict[int, Like]:
    """By check; those whose first day was never scored are left out.

    One statement a pair of days, whose accounts are let go before the next is read.
    """
    touches = _find_touches(unit, {outcome.account_id for _, outcome in due})
    pairs: dict[tuple[date, date], list[Due]] = {}
    for check, outcome in due:
        then_on, due_on = run_of(runs, outcome.then_on), run_of(runs, check.due_on)
        if then_on is not None and due_on is not None and outcome.score_then is not None:
            pairs.setdefault((then_on, due_on), []).append((check, outcome))
    found: dict[int, Like] = {}
    for pair, checks in pairs.items():
        untreated = list_untreated(unit, *pair)
        for check, outcome in checks:
            alike = untreated.get(touches[outcome.account_id])
            if alike is not None and outcome.score_then is not None:
                found[check.id] = alike.around(outcome.score_then)
    return found


def _find_touches(unit: Unit, account_ids: Collection[int]) -> dict[int, str]:
    wanted = select(Account.id, Account.touch).where(Account.id.in_(account_ids))
    return {row.id: row.touch for row in unit.session.execute(wanted)}


def _build(
    check: OutcomeCheck, outcome: TaskOutcome, reading: Reading, likes: dict[int, Like]
) -> Measurement:
    # The night has kept it already where the model does not weigh it.
    value = reading.values.get(outcome.measure or "", check.value)
    return Measurement(check.id, reading.score, value, likes.get(check.id, Like()))


def _keep(unit: Unit, made: Measurement, today: date) -> None:
    """Once: whoever measured it at the same time has kept the same."""
    kept = update(OutcomeCheck).where(
        OutcomeCheck.id == made.check_id, OutcomeCheck.checked_on.is_(None)
    )
    unit.session.execute(
        kept.values(
            checked_on=today,
            score=made.score,
            value=made.value,
            like_count=made.like.count,
            like_change=made.like.change,
            like_spread=made.like.spread,
        )
    )

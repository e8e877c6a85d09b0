"""Scores by hand beside the measured ones, in a fixed number of statements."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from bot.core.hand_score import Given, HeldScore, Measured
from bot.core.vocabulary import Band
from bot.store.standing import STANDING_COLUMNS, read_standing, with_standing
from bot.store.tables import Account, AccountScore, ManualScore, ScoreRun
from bot.store.unit import Unit

_HISTORY = timedelta(days=90)
_Then = aliased(AccountScore, name="then")
_Run = aliased(ScoreRun, name="run_then")


def list_held(
    unit: Unit, on: date, *, member_id: int | None = None, account_id: int | None = None
) -> list[HeldScore]:
    """Scores by hand that lead on a day, of a giver or of an account; the soonest to end first."""
    run_then = (
        select(func.max(_Run.run_on))
        .where(_Run.workspace_id == Account.workspace_id)
        .where(_Run.run_on <= ManualScore.given_on, _Run.finished_at.is_not(None))
        .correlate(Account, ManualScore)
        .scalar_subquery()
    )
    is_then = and_(
        _Then.workspace_id == Account.workspace_id,
        _Then.account_id == Account.id,
        _Then.run_on == run_then,
    )
    columns = (Account.id, Account.name, *STANDING_COLUMNS, _Then.band, _Then.score)
    wanted = with_standing(select(*columns).select_from(Account), on).outerjoin(_Then, is_then)
    wanted = wanted.where(ManualScore.id.is_not(None))
    if member_id is not None:
        wanted = wanted.where(ManualScore.member_id == member_id)
    if account_id is not None:
        wanted = wanted.where(Account.id == account_id)
    rows = unit.session.execute(wanted.order_by(ManualScore.expires_on, Account.name))
    return [_read(tuple(row)) for row in rows]


def list_given(unit: Unit, account_id: int, on: date) -> Sequence[Given]:
    """Those that led on any of the 90 days up to `on`."""
    wanted = select(ManualScore).where(
        ManualScore.account_id == account_id,
        ManualScore.given_on <= on,
        ManualScore.expires_on > on - _HISTORY,
    )
    return [
        Given(Band(row.band), row.given_on, row.expires_on, row.known_at)
        for row in unit.session.scalars(wanted)
    ]


def _read(row: tuple[Any, ...]) -> HeldScore:
    account_id, name, score, manual, given_by, band_then, score_then = row
    standing = read_standing(score, manual, given_by)
    assert standing.by_hand is not None
    then = Measured(Band(band_then), score_then) if band_then else Measured()
    now = Measured(standing.measured, standing.score)
    return HeldScore(manual.id, account_id, name, standing.by_hand, then, now)

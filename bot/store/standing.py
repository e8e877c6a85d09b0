"""The latest score of each account and the one by hand, as parts of a statement.

Both are found by key, so the cost follows the accounts asked for and not the length of the history.
"""

from datetime import date
from functools import cache, lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, literal, select
from sqlalchemy.orm import aliased

from bot.core.standing import RISK_OF_BAND, WORST_FIRST, HandScore, Standing
from bot.core.vocabulary import Band
from bot.store.tables import Account, AccountScore, ManualScore, Member, ScoreRun
from bot.store.unit import Unit

Giver = aliased(Member, name="giver")
_Given = aliased(ManualScore, name="given")

# Statements are asked for again and again about today; making one costs more than running it.
_DAYS = 16

STANDING_COLUMNS = (AccountScore, ManualScore, Giver.name.label("given_by"))


S = TypeVar("S", bound=Select[*tuple[Any, ...]])


def with_standing(statement: S, on: date) -> S:
    """`statement` over accounts, joined with each one's score and score by hand as of `on`."""
    return (
        statement.outerjoin(AccountScore, _is_latest(on))
        .outerjoin(ManualScore, _is_in_force(on))
        .outerjoin(Giver, _same(Giver) & (Giver.id == ManualScore.member_id))
    )


@cache
def band_now() -> ColumnElement[str]:
    """The band people act on. Its word stands in the statement itself, or PostgreSQL would not
    know the same expression again where it is grouped by."""
    unknown = literal(Band.UNKNOWN.value, literal_execute=True)
    return func.coalesce(ManualScore.band, AccountScore.band, unknown)


@cache
def worst_first() -> tuple[Any, ...]:
    """Order by band, then by the yearly amount at risk, then by name."""
    rank = case({band.value: place for place, band in enumerate(WORST_FIRST)}, value=band_now())
    by_band = case(
        {band.value: float(risk) for band, risk in RISK_OF_BAND.items()}, value=band_now()
    )
    is_measured = ManualScore.id.is_(None) & AccountScore.score.is_not(None)
    risk = case((is_measured, 1 - AccountScore.score / 100.0), else_=by_band)
    at_risk = func.coalesce(Account.arr_base, 0) * risk
    return rank, at_risk.desc(), Account.name, Account.id


def read_standing(
    score: AccountScore | None, manual: ManualScore | None, given_by: str | None
) -> Standing:
    """The plain value of the joined rows."""
    by_hand = _read_hand(manual, given_by or "") if manual else None
    if score is None:
        return Standing(by_hand=by_hand)
    return Standing(
        measured=Band(score.band),
        score=score.score,
        coverage=score.coverage,
        run_on=score.run_on,
        data_on=score.data_on,
        model_version=score.model_version,
        by_hand=by_hand,
    )


def _read_hand(manual: ManualScore, given_by: str) -> HandScore:
    return HandScore(
        band=Band(manual.band),
        reason=manual.reason,
        given_by=given_by,
        given_on=manual.given_on,
        expires_on=manual.expires_on,
    )


def _same(entity: Any) -> ColumnElement[bool]:
    """Inside one workspace, said outright so that the composite indexes are used."""
    made: ColumnElement[bool] = entity.workspace_id == Account.workspace_id
    return made


@lru_cache(maxsize=_DAYS)
def last_run_on(on: date) -> ScalarSelect[date]:
    """The newest day up to `on` whose run has ended; every account of that day is in it."""
    return (
        select(func.max(ScoreRun.run_on))
        .where(ScoreRun.run_on <= on, ScoreRun.finished_at.is_not(None))
        .scalar_subquery()
    )


@lru_cache(maxsize=_DAYS)
def _is_latest(on: date) -> ColumnElement[bool]:
    return (
        _same(AccountScore)
        & (AccountScore.account_id == Account.id)
        & (AccountScore.run_on == last_run_on(on))
    )


@lru_cache(maxsize=_DAYS)
def _is_in_force(on: date) -> ColumnElement[bool]:
    newest = (
        select(_Given.id)
        .where(_same(_Given), _Given.account_id == Account.id)
        .where(_Given.given_on <= on, _Given.expires_on >= on)
        .order_by(_Given.known_at.desc(), _Given.id)
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
    )
    return _same(ManualScore) & (ManualScore.id == newest)


def has_scores(unit: Unit, on: date) -> bool:
    """Whether any run up to `on` has ended."""
    return unit.session.scalar(select(last_run_on(on))) is not None

"""Earlier scores of some accounts, in one statement however many they are."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from bot.core.vocabulary import Band
from bot.store.standing import last_run_on
from bot.store.tables import AccountScore, HealthModel, ScoreRun
from bot.store.unit import Unit


def list_scores(
    unit: Unit, account_ids: Collection[int], on: date, backs: Sequence[int]
) -> dict[int, list[AccountScore]]:
    """By account, the scores as of so many days before `on`, newest first, each run once."""
    runs = [last_run_on(on - timedelta(days=back)) for back in backs]
    wanted = (
        select(AccountScore)
        .where(AccountScore.run_on.in_(runs), AccountScore.account_id.in_(account_ids))
        .order_by(AccountScore.run_on.desc())
    )
    found: dict[int, list[AccountScore]] = {}
    for row in unit.session.scalars(wanted):
        found.setdefault(row.account_id, []).append(row)
    return found


def list_documents(unit: Unit, versions: Collection[int]) -> dict[int, dict[str, object]]:
    """The model documents by version."""
    wanted = select(HealthModel.version, HealthModel.document)
    rows = unit.session.execute(wanted.where(HealthModel.version.in_(versions)))
    return {row.version: row.document for row in rows}


def list_never_scored(
    unit: Unit, account_ids: Collection[int], before_on: date, *, even_all: bool
) -> frozenset[int]:
    """Those of the accounts that had no score on any day before one.

    None of them while the workspace itself had none, unless `even_all`: everybody's first score
    is no news.
    """
    if not account_ids or not (even_all or _had_scores(unit, before_on)):
        return frozenset()
    scored = (
        select(AccountScore.account_id)
        .join(
            ScoreRun,
            (ScoreRun.workspace_id == AccountScore.workspace_id)
            & (ScoreRun.run_on == AccountScore.run_on),
        )
        .where(ScoreRun.run_on < before_on, AccountScore.account_id.in_(account_ids))
        .where(AccountScore.band != Band.UNKNOWN.value)
        .distinct()
    )
    return frozenset(account_ids) - frozenset(unit.session.scalars(scored))


def _had_scores(unit: Unit, before_on: date) -> bool:
    wanted = select(ScoreRun.run_on).where(ScoreRun.run_on < before_on, ScoreRun.scored > 0)
    return unit.session.scalar(wanted.limit(1)) is not None

"""What became of contracts lately: terms around their end, and results as ops recorded them.

Two statements, however many accounts there are.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, or_, select

from bot.core.contract_results import AROUND, Endings, Result, Term
from bot.core.money import Money
from bot.store.scopes import Scope
from bot.store.tables import Account, AccountOutcome, Contract
from bot.store.unit import Unit

# A result that is recorded later than this is history, and no news to anybody.
_NEWS = timedelta(days=62)


def read_endings(
    unit: Unit, scope: Scope, on: date, since_on: date, heard_on: date | None
) -> Endings:
    """Of the scope's accounts, those that have left included; news since the day `since_on`.

    What was on file before the reader's first digest, of `heard_on`, is history; somebody who has
    heard none is told of contracts that ended on these days alone.
    """
    found = _read_outcomes(unit, scope, on, since_on)
    results: dict[int, list[date]] = {}
    for outcome, _ in found:
        results.setdefault(outcome.account_id, []).append(outcome.ended_on)
    begun_at = datetime.combine(max(since_on, heard_on or since_on), time(), UTC)
    oldest_on = on - _NEWS if heard_on else since_on
    news = [
        _result(outcome, name)
        for outcome, name in found
        if outcome.known_at >= begun_at and outcome.ended_on >= oldest_on
    ]
    return Endings(since_on, _read_terms(unit, scope, on, since_on), results, news)


def _read_outcomes(
    unit: Unit, scope: Scope, on: date, since_on: date
) -> Sequence[tuple[AccountOutcome, str]]:
    wanted = (
        select(AccountOutcome, Account.name)
        .join(
            Account,
            (Account.workspace_id == AccountOutcome.workspace_id)
            & (Account.id == AccountOutcome.account_id),
        )
        .where(scope.owns(on), AccountOutcome.ended_on >= since_on - AROUND)
        .order_by(AccountOutcome.ended_on, AccountOutcome.id)
    )
    return [(outcome, name) for outcome, name in unit.session.execute(wanted)]


def _result(outcome: AccountOutcome, name: str) -> Result:
    amount, currency = outcome.amount, outcome.currency
    return Result(
        account_id=outcome.account_id,
        name=name,
        ended_on=outcome.ended_on,
        kind=outcome.result,
        reason=outcome.reason or None,
        amount=Money(amount, currency) if amount is not None and currency else None,
    )


def _read_terms(unit: Unit, scope: Scope, on: date, since_on: date) -> dict[int, list[Term]]:
    """Contracts that began, renewed or could be given notice of around these days."""
    turns_on = func.coalesce(Contract.renews_on, Contract.ends_on)
    wanted = (
        select(
            Contract.account_id,
            Contract.starts_on,
            Contract.ends_on,
            Contract.renews_on,
            Contract.notice_on,
        )
        .join(
            Account,
            (Account.workspace_id == Contract.workspace_id) & (Account.id == Contract.account_id),
        )
        .where(scope.owns(on))
        .where(
            or_(
                Contract.starts_on >= on - AROUND,
                turns_on.between(since_on, on),
                Contract.notice_on.between(since_on, on),
            )
        )
        .order_by(Contract.starts_on, Contract.id)
    )
    found: dict[int, list[Term]] = {}
    for account_id, *days in unit.session.execute(wanted):
        found.setdefault(account_id, []).append(Term(*days))
    return found

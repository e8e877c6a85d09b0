"""Contracts that came up for renewal on some days, and what became of them. Four statements."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from operator import add
from typing import TypeVar

from sqlalchemy import func, or_, select

from bot.core.contract_results import Term, find_following
from bot.core.money import Money, Rate, Rates
from bot.core.renewals import PENDING, RENEWED, Renewals, Renewed, build_renewals
from bot.core.week import Week
from bot.store.tables import Account, AccountOutcome, Contract, ExchangeRate
from bot.store.unit import Unit

_DAY = timedelta(days=1)
# A result so far from a renewal date may be that renewal's.
_AROUND = timedelta(days=120)
# A contract that follows is signed at most so long before or after.
_SIGNED = timedelta(days=31)


def read_renewals(unit: Unit, days: Week, today: date) -> Renewals:
    """Results of these days, and contracts that turned on them without any.

    A result without an amount takes that of the contract which ended then. Of a contract without
    a result the one that follows tells that it was renewed; without either it is pending.
    """
    base = unit.workspace.base_currency
    turned = _list_turned(unit, days)
    account_ids = [each.account_id for each, _ in turned]
    results = _list_results(unit, days, account_ids)
    following = _by_account(_list_following(unit, days, account_ids))
    ended = _by_account(each for each, _ in turned)
    known = _by_account(each for each, _ in results)
    found = [
        _recorded(each, name, ended.get(each.account_id, []), base)
        for each, name in results
        if days.holds(each.ended_on)
    ]
    found += [
        _unrecorded(each, name, following.get(each.account_id, []), base)
        for each, name in turned
        if days.holds(_turns_on(each)) and not _has_result(each, known.get(each.account_id, []))
    ]
    return build_renewals(found, base, min(days.until_on, today), _read_rates(unit))


Fact = TypeVar("Fact", Contract, AccountOutcome)


def _by_account(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = {}
    for each in facts:
        found.setdefault(each.account_id, []).append(each)
    return found


def _list_turned(unit: Unit, days: Week) -> list[tuple[Contract, str]]:
    """With the day after, since a result may bear the last day before the renewal."""
    turns_on = func.coalesce(Contract.renews_on, Contract.ends_on)
    wanted = (
        select(Contract, Account.name)
        .join(
            Account,
            (Account.workspace_id == Contract.workspace_id) & (Account.id == Contract.account_id),
        )
        .where(turns_on.between(days.since_on, days.next_on))
        .order_by(Contract.account_id, Contract.id)
    )
    return [(contract, name) for contract, name in unit.session.execute(wanted)]


def _list_results(
    unit: Unit, days: Week, account_ids: Sequence[int]
) -> list[tuple[AccountOutcome, str]]:
    """Results of these days, and of some accounts those around them."""
    ended_on = AccountOutcome.ended_on
    theirs = AccountOutcome.account_id.in_(account_ids) & ended_on.between(
        days.since_on - _AROUND, days.until_on + _AROUND
    )
    wanted = (
        select(AccountOutcome, Account.name)
        .join(
            Account,
            (Account.workspace_id == AccountOutcome.workspace_id)
            & (Account.id == AccountOutcome.account_id),
        )
        .where(or_(ended_on.between(days.since_on, days.until_on), theirs))
        .order_by(ended_on, AccountOutcome.id)
    )
    return [(outcome, name) for outcome, name in unit.session.execute(wanted)]


def _list_following(unit: Unit, days: Week, account_ids: Sequence[int]) -> list[Contract]:
    """Contracts of some accounts that began around these days."""
    wanted = (
        select(Contract)
        .where(Contract.account_id.in_(account_ids))
        .where(Contract.starts_on.between(days.since_on - _SIGNED, days.until_on + _SIGNED))
        .order_by(Contract.starts_on, Contract.id)
    )
    return list(unit.session.scalars(wanted))


def _recorded(outcome: AccountOutcome, name: str, ended: Iterable[Contract], base: str) -> Renewed:
    last_days = outcome.ended_on, outcome.ended_on + _DAY
    contracts = [each for each in ended if _turns_on(each) in last_days]
    return Renewed(
        account_id=outcome.account_id,
        name=name,
        ended_on=outcome.ended_on,
        kind=outcome.result,
        amount=_money(outcome.amount, outcome.currency or base) or _sum(contracts, base),
        reason=outcome.reason or None,
    )


def _unrecorded(contract: Contract, name: str, following: Sequence[Contract], base: str) -> Renewed:
    after = _find_after(contract, following)
    amounts = [_money(each.arr_amount, each.currency or base) for each in (after, contract) if each]
    return Renewed(
        account_id=contract.account_id,
        name=name,
        ended_on=_turns_on(contract),
        kind=RENEWED if after else PENDING,
        amount=next((each for each in amounts if each), None),
    )


def _find_after(contract: Contract, others: Sequence[Contract]) -> Contract | None:
    terms = [Term(each.starts_on, each.ends_on, each.renews_on) for each in others]
    found = find_following(terms, _turns_on(contract))
    return others[terms.index(found)] if found else None


def _has_result(contract: Contract, results: Iterable[AccountOutcome]) -> bool:
    turns_on = _turns_on(contract)
    return any(abs(each.ended_on - turns_on) <= _AROUND for each in results)


def _turns_on(contract: Contract) -> date:
    turns_on = contract.renews_on or contract.ends_on
    assert turns_on is not None
    return turns_on


def _sum(contracts: Iterable[Contract], base: str) -> Money | None:
    """Their amounts together; None where any has none, or where they are of several currencies."""
    amounts = [_money(each.arr_amount, each.currency or base) for each in contracts]
    moneys = [each for each in amounts if each is not None]
    if not moneys or len(moneys) < len(amounts) or len({each.currency for each in moneys}) > 1:
        return None
    return reduce(add, moneys)


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return Money(amount, currency) if amount is not None else None


def _read_rates(unit: Unit) -> Rates:
    rows = unit.session.scalars(select(ExchangeRate))
    return Rates(Rate(row.currency, row.base, row.valid_on, row.rate) for row in rows)

"""A book of accounts: counts by band and one page of rows, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, or_, select

from bot.core.account_card import Book, BookRow, Colleague, Renewal
from bot.core.money import Money
from bot.core.setup import Landing
from bot.core.vocabulary import Band, Stage
from bot.store.aliases import build_alias
from bot.store.renewals import find_renewals
from bot.store.scopes import Scope
from bot.store.standing import (
    STANDING_COLUMNS,
    band_now,
    read_standing,
    with_standing,
    worst_first,
)
from bot.store.tables import Account, Contract, Member
from bot.store.unit import Unit

PAGE = 10
_Owner = build_alias(Member, "owner")


def get_book(
    unit: Unit, scope: Scope, on: date, *, band: Band | None = None, page: int = 0, size: int = PAGE
) -> Book:
    """The page of the scope's accounts, worst first; a page past the end is the last one."""
    counts = count_bands(unit, scope, on)
    blank = Book(counts, band, 0, size, ())
    page = max(0, min(page, blank.last_page))
    rows = _list_rows(unit, scope, on, band, size, page * size)
    return Book(counts, band, page, size, rows)


def count_bands(unit: Unit, scope: Scope, on: date) -> dict[Band, int]:
    """How many accounts of the scope stand in each band; bands without any are left out."""
    counted = with_standing(select(band_now(), func.count(Account.id)).select_from(Account), on)
    rows = unit.session.execute(counted.where(scope.holds(on)).group_by(band_now()))
    return {Band(band): count for band, count in rows}


def count_active(unit: Unit) -> int:
    """How many customers there are."""
    return unit.session.scalar(select(func.count(Account.id)).where(Account.is_active)) or 0


def sum_bands(unit: Unit, scope: Scope, on: date) -> dict[Band, Landing]:
    """Count and yearly amount in the base currency by band; bands without any are left out."""
    counted = select(band_now(), func.count(Account.id), func.sum(Account.arr_base))
    summed = with_standing(counted.select_from(Account), on)
    rows = unit.session.execute(summed.where(scope.holds(on)).group_by(band_now()))
    return {Band(band): Landing(count, Decimal(arr or 0)) for band, count, arr in rows}


def list_worst(
    unit: Unit, scope: Scope, on: date, most: int, first: Stage | None = None
) -> list[BookRow]:
    """The red ones and then the yellow ones, the most money at risk first.

    Accounts of the stage `first` come before all others.
    """
    conditions = (scope.holds(on), band_now().in_([Band.RED.value, Band.YELLOW.value]))
    if first is None:
        return _select(unit, on, most, 0, *conditions)
    ahead = _select(unit, on, most, 0, *conditions, Account.stage == first.value)
    rest = _select(unit, on, most - len(ahead), 0, *conditions, Account.stage != first.value)
    return [*ahead, *rest]


def list_all(unit: Unit, scope: Scope, on: date) -> list[BookRow]:
    """Every account of the scope, worst first; for one person's own book."""
    return _read(unit, scope, on, None, 0)


def find_rows(unit: Unit, account_ids: Sequence[int], on: date) -> dict[int, BookRow]:
    """The rows of these accounts, also of those that have left; unknown ids are left out."""
    if not account_ids:
        return {}
    wanted = Account.id.in_(set(account_ids))
    return {row.id: row for row in _select(unit, on, None, 0, wanted)}


def find_amounts(unit: Unit, accounts: Sequence[Account], on: date) -> dict[int, Money]:
    """Yearly amounts in the base currency; without a rate, in the one currency of the contracts.

    An account whose contracts are in several currencies, or unknown, is left out.
    """
    base = unit.workspace.base_currency
    found = {each.id: Money(each.arr_base, base) for each in accounts if each.arr_base is not None}
    rest = [each.id for each in accounts if each.id not in found]
    if not rest:
        return found
    by_account: dict[int, list[Money]] = {}
    for account_id, currency, amount in unit.session.execute(_contract_sums(rest, on)):
        if currency is not None and amount is not None:
            by_account.setdefault(account_id, []).append(Money(amount, currency))
    return found | {key: held[0] for key, held in by_account.items() if len(held) == 1}


def _contract_sums(account_ids: Sequence[int], on: date) -> Select[int, str | None, Decimal | None]:
    return (
        select(Contract.account_id, Contract.currency, func.sum(Contract.arr_amount))
        .where(Contract.account_id.in_(account_ids))
        .where(Contract.arr_amount.is_not(None), Contract.currency.is_not(None))
        .where(or_(Contract.starts_on.is_(None), Contract.starts_on <= on))
        .where(or_(Contract.ends_on.is_(None), Contract.ends_on >= on))
        .group_by(Contract.account_id, Contract.currency)
    )


def _list_rows(
    unit: Unit, scope: Scope, on: date, band: Band | None, size: int, skip: int
) -> list[BookRow]:
    if band is None:
        return _read(unit, scope, on, size, skip)
    return _read(unit, scope, on, size, skip, band_now() == band.value)


def _read(
    unit: Unit, scope: Scope, on: date, size: int | None, skip: int, *conditions: Any
) -> list[BookRow]:
    return _select(unit, on, size, skip, scope.holds(on), *conditions)


def _select(unit: Unit, on: date, size: int | None, skip: int, *conditions: Any) -> list[BookRow]:
    wanted = _worst_first(on).where(*conditions).limit(size).offset(skip)
    found = unit.session.execute(wanted).all()
    renewals = find_renewals(unit, [row[0].id for row in found], on)
    amounts = find_amounts(unit, [row[0] for row in found], on)
    return [
        BookRow(
            id=account.id,
            name=account.name,
            standing=read_standing(score, manual, given_by),
            arr=amounts.get(account.id),
            renewal=renewals.get(account.id, Renewal()),
            owner=colleague(owner, account.owner_named),
            stage=account.stage,
        )
        for account, score, manual, given_by, owner in found
    ]


@lru_cache(maxsize=16)
def _worst_first(on: date) -> Select[*tuple[Any, ...]]:
    """Kept for the day: making the statement costs more than running it."""
    return (
        with_standing(select(Account, *STANDING_COLUMNS, _Owner).select_from(Account), on)
        .outerjoin(
            _Owner,
            (_Owner.workspace_id == Account.workspace_id) & (_Owner.id == Account.owner_id),
        )
        .order_by(*worst_first())
    )


def colleague(member: Member | None, named: str | None) -> Colleague | None:
    """The person, or the name a file gave while no member answers to it."""
    if member is not None:
        return Colleague(member.name, member.slack_user)
    return Colleague(named) if named else None

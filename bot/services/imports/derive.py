"""What follows from facts: owners by name, yearly revenue in one currency, tier where none is said.

Plain rows and plain Python: it runs after every import and after a member joins.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from bot.core.money import Money, Rate, Rates, total
from bot.core.names import fold_name
from bot.core.tiers import TierBand
from bot.services.workspaces import read_bands
from bot.store.bulk.touched import mark_touched
from bot.store.tables import Account, AccountOutcome, Contract, ExchangeRate, Member
from bot.store.unit import Unit

# In the workspace's settings: whom a name of the files means, folded, as ops has said it.
CALLED = "called"


@dataclass(frozen=True)
class Derived:
    """How many accounts moved, and the names in the owner column that no member answers to."""

    changed: int
    unknown_owners: tuple[str, ...]


def derive(unit: Unit, today: date) -> Derived:
    """Bring owners, `arr_base`, and tier of accounts whose file names none, up to date."""
    accounts = list(unit.session.scalars(select(Account)))
    member_of = read_members(unit)
    sums, left = _yearly(unit, today), _churned(unit)
    tier_of = _tiers_by_revenue(unit, today)
    changed = 0
    scored_otherwise = []
    for account in accounts:
        before = _scored_by(account)
        follow_names(account, member_of)
        account.arr_base = sums.get(account.id)
        # A customer who left and signed again has a running contract.
        account.is_active = account.id not in left or account.id in sums
        band = None if account.tier_is_said else tier_of(account.arr_base)
        if band is not None:
            account.tier, account.touch, account.owner_mode = band.tier, band.touch, band.owner_mode
        changed += unit.session.is_modified(account)
        if before != _scored_by(account):
            scored_otherwise.append(account.id)
    mark_touched(unit, scored_otherwise, "accounts")
    named = {a.owner_named for a in accounts if a.owner_named}
    unknown = sorted(name for name in named if member_of(name) is None)
    return Derived(changed, tuple(unknown))


def _scored_by(account: Account) -> tuple[object, ...]:
    return account.arr_base, account.is_active, account.tier, account.touch


def follow_names(account: Account, member_of: Callable[[object], int | None]) -> None:
    """Owner and second as the file names them; a choice by hand holds until it names another."""
    if account.owner_over not in (None, account.owner_named or ""):
        account.owner_over = None
    if account.second_over not in (None, account.second_named or ""):
        account.second_over = None
    if account.owner_over is None:
        account.owner_id = member_of(account.owner_named) or account.owner_id
    if account.second_over is None:
        account.second_id = member_of(account.second_named) or account.second_id


def read_members(unit: Unit) -> Callable[[object], int | None]:
    """The look-up of everybody, with the names that ops has said who they are."""
    called: dict[str, int] = unit.workspace.settings.get(CALLED, {})
    return index_members(unit.session.scalars(select(Member)), called)


def index_members(
    members: Iterable[Member], called: Mapping[str, int] | None = None
) -> Callable[[object], int | None]:
    """A look-up from what a file writes of a person to the member, or None.

    By name, by mail address and by its first part; what two members are called names nobody,
    unless `called` says whom it means.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for member in members:
        for name in (member.name, member.email, (member.email or "").partition("@")[0]):
            if name:
                found[fold_name(name)].add(member.id)
    sole = {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
    sole |= called or {}

    def look_up(said: object) -> int | None:
        return sole.get(fold_name(said)) if isinstance(said, str) and said else None

    return look_up


def _churned(unit: Unit) -> set[int]:
    """Accounts whose newest outcome is that they left."""
    wanted = select(AccountOutcome).order_by(AccountOutcome.ended_on)
    newest = {one.account_id: one.result for one in unit.session.scalars(wanted)}
    return {account_id for account_id, result in newest.items() if result == "churned"}


def _yearly(unit: Unit, today: date) -> dict[int, Decimal]:
    """Sum of the running contracts of each account in the base currency; see `Rates`."""
    moneys: dict[int, list[Money]] = defaultdict(list)
    for contract in unit.session.scalars(select(Contract)):
        # A renewal signed ahead must not count twice while the old contract runs.
        has_begun = contract.starts_on is None or contract.starts_on <= today
        is_running = has_begun and (contract.ends_on is None or contract.ends_on >= today)
        if contract.arr_amount is not None and is_running:
            currency = contract.currency or unit.workspace.base_currency
            moneys[contract.account_id].append(Money(contract.arr_amount, currency))
    rates, base = _rates(unit), unit.workspace.base_currency
    sums = {one: total(held, base, today, rates) for one, held in moneys.items()}
    return {one: made.base_sum.amount for one, made in sums.items() if made.base_sum}


def _rates(unit: Unit) -> Rates:
    rows = unit.session.scalars(select(ExchangeRate))
    return Rates(Rate(row.currency, row.base, row.valid_on, row.rate) for row in rows)


def _tiers_by_revenue(unit: Unit, today: date) -> Callable[[Decimal | None], TierBand | None]:
    """The workspace's bands as a look-up by revenue in its base currency; None where it is unknown,
    or where no rate leads from the bands' currency to the base."""
    workspace = unit.workspace
    bands, base = read_bands(workspace.settings), workspace.base_currency
    rate = Decimal(1)
    if bands.currency != base:
        rate = _rates(unit).rate(bands.currency, base, today) or Decimal(0)
    return lambda arr: bands.assign(arr / rate) if arr is not None and rate else None

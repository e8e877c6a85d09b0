"""Which contracts renew next, and how often contracts were lost of late. Free of numpy."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from bot.services.validity.cases import Case
from bot.store.tables import Account, AccountOutcome, Contract
from bot.store.unit import Unit

AHEAD = timedelta(days=90)
# The base rate is that of the last year, where it has so many ends; else of all.
_YEAR, _FEWEST = timedelta(days=365), 40

Renewal = tuple[int, date]


def list_renewals(unit: Unit, today: date) -> list[Renewal]:
    """Account and day, by day; who has signed the next contract or has left is not asked about."""
    day = func.coalesce(Contract.renews_on, Contract.ends_on)
    signed = select(Contract.account_id).where(Contract.starts_on > today)
    decided = select(AccountOutcome.account_id).where(AccountOutcome.ended_on >= today)
    wanted = (
        select(Contract.account_id, func.min(day).label("on"))
        .join(
            Account,
            (Account.workspace_id == Contract.workspace_id) & (Account.id == Contract.account_id),
        )
        .where(Account.is_active, day > today, day <= today + AHEAD)
        .where(Contract.account_id.not_in(signed), Contract.account_id.not_in(decided))
        .group_by(Contract.account_id)
    )
    found = [(row[0], row[1]) for row in unit.session.execute(wanted)]
    return sorted(found, key=lambda each: (each[1], each[0]))


def find_base(cases: Sequence[Case], today: date) -> tuple[int, int]:
    """How many of how many left: of the last year, or of all where that has too few."""
    newest = [each for each in cases if each.ended_on > today - _YEAR]
    counted = newest if len(newest) >= _FEWEST else cases
    return sum(each.left for each in counted), len(counted)

"""How contracts ended, and the day before each end on which its account is looked at. No numpy.

Refuses what has not ended yet, and a second row of the same end: who lost one contract and kept
another on that day has not left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from bot.store.tables import AccountOutcome
from bot.store.unit import Unit

# Ends of three years; older ones tell of another product.
WINDOW = timedelta(days=1095)
# The day of looking is the first of a month, 60 to 90 days before the end.
LEAD = timedelta(days=60)
LEFT = "churned"


@dataclass(frozen=True)
class Case:
    """An end of a contract; `looked_on` is the day whose knowledge counts."""

    account_id: int
    ended_on: date
    looked_on: date
    left: bool


def find_look(ended_on: date) -> date:
    """The first of a month, 60 to 90 days before the end: few days to read, whatever the cases."""
    return (ended_on - LEAD).replace(day=1)


def list_cases(unit: Unit, today: date) -> Sequence[Case]:
    """Every end of the window up to today, by day and account; one statement."""
    wanted = (
        select(AccountOutcome.account_id, AccountOutcome.ended_on, AccountOutcome.result)
        .where(AccountOutcome.ended_on > today - WINDOW, AccountOutcome.ended_on <= today)
        .order_by(AccountOutcome.ended_on, AccountOutcome.account_id, AccountOutcome.id)
    )
    ends: dict[tuple[int, date], bool] = {}
    for row in unit.session.execute(wanted):
        end = (row.account_id, row.ended_on)
        ends[end] = row.result == LEFT and ends.get(end, True)
    return [
        Case(account_id, ended_on, find_look(ended_on), left)
        for (account_id, ended_on), left in ends.items()
    ]


def find_first_day(cases: Sequence[Case], today: date) -> date:
    """The first end that is counted; of none the first day that would be."""
    return cases[0].ended_on if cases else today - WINDOW + timedelta(days=1)

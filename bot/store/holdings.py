"""What facts are there: of each kind how many, and up to which day."""

from typing import Any

from sqlalchemy import func, select

from bot.core.setup import Holding
from bot.store.tables import (
    Account,
    Contact,
    Contract,
    Incident,
    Invoice,
    Member,
    MonthlyUsage,
    NpsAnswer,
    Ticket,
    Touch,
    UsageDay,
    VocRemark,
)
from bot.store.unit import Unit

# The names of the kinds are those of the files.
_DATED: dict[str, Any] = {
    "usage_monthly": MonthlyUsage.month_on,
    "nps": NpsAnswer.responded_on,
    "tickets": Ticket.opened_on,
    "invoices": Invoice.issued_on,
    "incidents": Incident.started_on,
    "touches": Touch.touched_on,
    "voc": VocRemark.said_on,
}
_UNDATED: dict[str, Any] = {"contacts": Contact, "members": Member}


def list_holdings(unit: Unit) -> list[Holding]:
    """One statement a kind; kinds without any row are there with a count of 0."""
    accounts = unit.session.scalar(select(func.count(Account.id)).where(Account.is_active))
    contracts, last = unit.session.execute(
        select(func.count(Contract.id), func.max(Contract.starts_on))
    ).one()
    return [
        Holding("accounts", accounts or 0),
        Holding("contracts", contracts, last),
        _usage(unit),
        *(_dated(unit, kind, day) for kind, day in _DATED.items()),
        *(_undated(unit, kind, table) for kind, table in _UNDATED.items()),
    ]


def count_weeks_of_usage(unit: Unit) -> int:
    """Whole weeks between the first and the last day of daily usage."""
    first, last = unit.session.execute(
        select(func.min(UsageDay.used_on), func.max(UsageDay.used_on))
    ).one()
    return 0 if first is None else ((last - first).days + 1) // 7


def _usage(unit: Unit) -> Holding:
    wanted = select(func.count(func.distinct(UsageDay.metric)), func.max(UsageDay.used_on))
    count, last = unit.session.execute(wanted).one()
    return Holding("usage_daily", count, last)


def _dated(unit: Unit, kind: str, day: Any) -> Holding:
    table = day.class_
    count, last = unit.session.execute(select(func.count(table.id), func.max(day))).one()
    return Holding(kind, count, last)


def _undated(unit: Unit, kind: str, table: Any) -> Holding:
    return Holding(kind, unit.session.scalar(select(func.count(table.id))) or 0)

"""The day of an account's newest fact of each kind, in one statement."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.store.tables import (
    ContactActivity,
    Invoice,
    MarketingEvent,
    MonthlyUsage,
    NpsAnswer,
    Ticket,
    Touch,
    VocRemark,
)
from bot.store.unit import Unit

# By the name that measures have for what they read; a remark without a tone is read by none.
_DAYS: dict[str, tuple[Any, tuple[ColumnElement[bool], ...]]] = {
    "nps": (NpsAnswer.responded_on, ()),
    "voc": (VocRemark.said_on, (VocRemark.sentiment.is_not(None),)),
    "tickets": (Ticket.opened_on, ()),
    "invoices": (Invoice.due_on, ()),
    "touches": (Touch.touched_on, ()),
    "monthly": (MonthlyUsage.month_on, ()),
    "activity": (ContactActivity.active_on, ()),
    "inquiries": (Ticket.opened_on, ()),
    "bills": (Invoice.due_on, ()),
    "events": (MarketingEvent.occurred_on, ()),
    "requests": (VocRemark.said_on, (VocRemark.category == "product",)),
}


def find_latest_facts(unit: Unit, account_id: int, on: date) -> dict[str, date]:
    """The newest day up to `on` by kind; kinds the account has nothing of are left out."""
    newest = [
        select(func.max(day))
        .where(day.class_.account_id == account_id, day <= on, *more)
        .scalar_subquery()
        .label(kind)
        for kind, (day, more) in _DAYS.items()
    ]
    found = unit.session.execute(select(*newest)).one()
    return {kind: day for kind, day in zip(_DAYS, found, strict=True) if day is not None}

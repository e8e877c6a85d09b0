"""How far behind the house is: what should have been said or worked by now.  Only reads."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.store.outbox import PENDING, SENDING, UNKNOWN
from bot.store.tables import InboxEvent, OutboxItem
from bot.store.unit import Unit


def count_overdue(unit: Unit, late: timedelta) -> int:
    """Messages that were due more than `late` ago and have not been taken up."""
    wanted = (
        select(func.count())
        .select_from(OutboxItem)
        .where(OutboxItem.state == PENDING, OutboxItem.due_at < unit.at - late)
    )
    return unit.session.scalars(wanted).one()


def count_outbox(unit: Unit) -> int:
    """Messages still to be said or settled."""
    open_states = [PENDING, SENDING, UNKNOWN]
    wanted = select(func.count()).select_from(OutboxItem).where(OutboxItem.state.in_(open_states))
    return unit.session.scalars(wanted).one()


def count_inbox(unit: Unit) -> int:
    """Events that wait or are being worked on."""
    wanted = (
        select(func.count()).select_from(InboxEvent).where(InboxEvent.state.in_(["new", "working"]))
    )
    return unit.session.scalars(wanted).one()

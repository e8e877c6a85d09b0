"""How far behind the house is: what should have been said or worked by now.  Only reads."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from bot.store.outbox import FAILED, PENDING, SENDING, UNKNOWN
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


def has_due(unit: Unit) -> bool:
    """Whether anything waits to be said now; spares an idle sender the writer's lock."""
    wanted = select(OutboxItem.id).where(OutboxItem.state == PENDING, OutboxItem.due_at <= unit.at)
    return unit.session.scalars(wanted.limit(1)).first() is not None


def has_lost(unit: Unit, real_at: datetime) -> bool:
    """Whether a sender died with something in hand, or something is unknown or untold."""
    lost = or_(
        (OutboxItem.state == SENDING) & (OutboxItem.lease_until_at < real_at),
        OutboxItem.state == UNKNOWN,
        (OutboxItem.state == FAILED) & OutboxItem.is_told.is_(False),
    )
    return unit.session.scalars(select(OutboxItem.id).where(lost).limit(1)).first() is not None

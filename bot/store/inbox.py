"""Events of Slack, kept before they are acknowledged; and the mark that a thing was done once.

An event is unique by what it means (a message's ts, a file's id), not by Slack's envelope, which
changes when it is delivered again.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update

from bot.core.refusal import AlreadyDone
from bot.store.bulk.once import insert_once
from bot.store.tables import InboxEvent
from bot.store.unit import Unit

NEW, WORKING, DONE, FAILED = "new", "working", "done", "failed"

# An event that kills whoever works it must not be tried for ever.
MOST_ATTEMPTS = 5


def receive(unit: Unit, meaning: str, kind: str, body: dict[str, Any]) -> bool:
    """Keep an event; False when the same one was kept before."""
    values = {
        "meaning": meaning,
        "kind": kind,
        "body": body,
        "state": NEW,
        "attempts": 0,
        "received_at": unit.at,
    }
    return insert_once(unit, InboxEvent, ["meaning"], values) is not None


def claim(unit: Unit, real_at: datetime, lease: timedelta) -> InboxEvent | None:
    """The oldest event nobody is working on, now under a lease of ours; None when all are done.

    One whose workers died over it `MOST_ATTEMPTS` times is given up.
    """
    while (found := _find_waiting(unit, real_at)) is not None:
        if found.attempts < MOST_ATTEMPTS:
            found.state = WORKING
            found.attempts += 1
            found.lease_until_at = real_at + lease
            return found
        found.state = FAILED
    return None


def _find_waiting(unit: Unit, real_at: datetime) -> InboxEvent | None:
    waiting = or_(
        InboxEvent.state == NEW,
        (InboxEvent.state == WORKING) & (InboxEvent.lease_until_at < real_at),
    )
    wanted = (
        select(InboxEvent)
        .where(waiting)
        .order_by(InboxEvent.received_at, InboxEvent.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return unit.session.scalars(wanted).one_or_none()


def finish(unit: Unit, event_id: int) -> None:
    """The event is worked; it stays, so that a redelivery is recognised."""
    unit.session.execute(
        update(InboxEvent)
        .where(InboxEvent.id == event_id)
        .values(state=DONE, done_at=unit.at, body={})
    )


def count_open(unit: Unit) -> int:
    """How many events wait or are being worked on."""
    wanted = select(InboxEvent.id).where(InboxEvent.state.in_([NEW, WORKING]))
    return len(unit.session.scalars(wanted).all())


def once(unit: Unit, meaning: str) -> None:
    """Mark `meaning` as done in this transaction; raises AlreadyDone when it was done before."""
    values = {
        "meaning": meaning,
        "kind": "deed",
        "body": {},
        "state": DONE,
        "attempts": 1,
        "received_at": unit.at,
        "done_at": unit.at,
    }
    if insert_once(unit, InboxEvent, ["meaning"], values) is None:
        raise AlreadyDone


def was_done(unit: Unit, meaning: str) -> bool:
    """Whether `meaning` was marked as done."""
    found = unit.session.scalars(select(InboxEvent.id).filter_by(meaning=meaning))
    return found.first() is not None

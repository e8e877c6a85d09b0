"""What is to be said in Slack, and how far each thing has come.

pending → sending (under a lease) → sent | failed | unknown. An expired lease of a post is
`unknown`, never pending: Slack may have taken it. Updates say the same thing twice without harm,
so theirs go back to pending. Leases are real time; everything else is business time.

Whoever moves an item on shows the attempt they mean: a sender who woke up late, or who looked
into history at the same time as another, finds it moved already and changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Update, exists, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from bot.store.bulk.once import insert_once
from bot.store.tables import OutboxItem
from bot.store.unit import Unit

PENDING, SENDING, SENT, FAILED, UNKNOWN = "pending", "sending", "sent", "failed", "unknown"


def put(
    unit: Unit,
    *,
    key: str,
    audience: str,
    text: str,
    blocks: Sequence[dict[str, Any]] = (),
    kind: str = "post",
    post_key: str | None = None,
    thread_of_key: str | None = None,
    holds_customer_data: bool = True,
    files: Sequence[str] = (),
) -> int | None:
    """Ask for something to be said; None when the same `key` was asked for before.

    `audience` is a channel, or a person's Slack id for their direct message. An update names
    its post by `post_key`, a reply in a thread the post it belongs to by `thread_of_key`.
    """
    values = {
        "key": key,
        "kind": kind,
        "audience": audience,
        "post_id": _get_id(unit, post_key) if post_key else None,
        "thread_of_id": _get_id(unit, thread_of_key) if thread_of_key else None,
        "payload": {"text": text, "blocks": list(blocks), "files": list(files)},
        "holds_customer_data": holds_customer_data,
        "state": PENDING,
        "attempts": 0,
        "is_told": False,
        "due_at": unit.at,
        "created_at": unit.at,
    }
    return insert_once(unit, OutboxItem, ["key"], values)


def put_update(
    unit: Unit, *, post_key: str, text: str, blocks: Sequence[dict[str, Any]] = ()
) -> None:
    """Give a post its newest state; an update still waiting is overwritten, not queued behind."""
    # Locked, so that of two who change a post at once neither's words are lost.
    wanted = select(OutboxItem).filter_by(key=post_key).with_for_update()
    post = unit.session.scalars(wanted).one()
    waiting = (
        update(OutboxItem)
        .where(OutboxItem.post_id == post.id, OutboxItem.kind == "update")
        .where(OutboxItem.state == PENDING)
        .values(payload={"text": text, "blocks": list(blocks), "files": []})
    )
    if _changed(unit, waiting) == 0:
        number = _count_updates(unit, post.id)
        put(
            unit,
            key=f"{post_key}:update:{number}",
            audience=post.audience,
            text=text,
            blocks=blocks,
            kind="update",
            post_key=post_key,
            holds_customer_data=post.holds_customer_data,
        )


def claim(
    unit: Unit, real_at: datetime, lease: timedelta, not_to: Sequence[str] = ()
) -> OutboxItem | None:
    """The next thing to say, now under a lease of ours; audiences in `not_to` are left for later.

    A conditional update decides between two senders; on PostgreSQL locked rows are skipped. While
    one update of a post is under way the next one waits, so that the newest is said last.
    """
    wanted = (
        select(OutboxItem)
        .where(OutboxItem.state == PENDING, OutboxItem.due_at <= unit.at)
        .where(OutboxItem.audience.not_in(not_to), _parent_is_said(), _is_next_update())
        .order_by(OutboxItem.created_at, OutboxItem.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    item = unit.session.scalars(wanted).one_or_none()
    if item is None:
        return None
    taken = (
        update(OutboxItem)
        .where(OutboxItem.id == item.id, OutboxItem.state == PENDING)
        .values(
            state=SENDING,
            attempts=OutboxItem.attempts + 1,
            attempted_at=real_at,
            lease_until_at=real_at + lease,
        )
    )
    return item if _changed(unit, taken) == 1 else None


def renew(unit: Unit, item: OutboxItem, real_at: datetime, lease: timedelta) -> bool:
    """Just before it is said: the lease begins anew. False when it is in other hands by now."""
    mine = _of_attempt(item).where(OutboxItem.state == SENDING)
    return _changed(unit, mine.values(attempted_at=real_at, lease_until_at=real_at + lease)) == 1


def mark_sent(unit: Unit, item: OutboxItem, channel: str, ts: str) -> None:
    """Slack's answer has come: this is where it stands, whatever was believed meanwhile."""
    found = _of_attempt(item) if item.kind == "update" else _of(item)
    values = {"channel": channel, "ts": ts, "sent_at": unit.at, "problem": None}
    unit.session.execute(found.values(state=SENT, **values))


def mark_failed(unit: Unit, item: OutboxItem, problem: str) -> None:
    """Slack refused for good; ops is told once."""
    unit.session.execute(_of_attempt(item).values(state=FAILED, problem=problem))


def mark_unknown(unit: Unit, item: OutboxItem, problem: str) -> None:
    """No answer came, so it may or may not stand in the channel; a look into history decides."""
    unit.session.execute(_of_attempt(item).values(state=UNKNOWN, problem=problem))


def return_to_pending(unit: Unit, item: OutboxItem, due_at: datetime) -> None:
    """Slack said for certain that it did not take it (429), or history shows that it is absent."""
    again = _of_attempt(item).values(state=PENDING, due_at=due_at, lease_until_at=None)
    unit.session.execute(again)


def expire_leases(unit: Unit, real_at: datetime) -> int:
    """Things whose sender died: updates wait again, posts and uploads become unknown."""
    dead = (
        update(OutboxItem)
        .where(OutboxItem.state == SENDING, OutboxItem.lease_until_at < real_at)
        .execution_options(synchronize_session=False)
    )
    again = _changed(unit, dead.where(OutboxItem.kind == "update").values(state=PENDING))
    lost = dead.where(OutboxItem.kind != "update").values(state=UNKNOWN, problem="lease expired")
    return again + _changed(unit, lost)


def list_unknown(unit: Unit, attempted_before: datetime) -> list[OutboxItem]:
    """Things to look up in history: old enough that Slack would show them by now."""
    wanted = (
        select(OutboxItem)
        .where(OutboxItem.state == UNKNOWN, OutboxItem.attempted_at < attempted_before)
        .order_by(OutboxItem.attempted_at)
        .limit(50)
    )
    return list(unit.session.scalars(wanted))


def list_untold(unit: Unit) -> list[OutboxItem]:
    """Failures that ops has not been told of."""
    wanted = select(OutboxItem).where(OutboxItem.state == FAILED, OutboxItem.is_told.is_(False))
    return list(unit.session.scalars(wanted.order_by(OutboxItem.created_at).limit(50)))


def mark_told(unit: Unit, item_ids: Sequence[int]) -> None:
    """Ops knows of these failures now."""
    unit.session.execute(update(OutboxItem).where(OutboxItem.id.in_(item_ids)).values(is_told=True))


def count_open(unit: Unit) -> int:
    """How many things are still to be said or settled."""
    wanted = select(OutboxItem.id).where(OutboxItem.state.in_([PENDING, SENDING, UNKNOWN]))
    return len(unit.session.scalars(wanted).all())


def get_parent(unit: Unit, item: OutboxItem) -> OutboxItem | None:
    """The post an update or a threaded reply belongs to; it has been said, so it has a ts."""
    parent_id = item.post_id or item.thread_of_id
    if parent_id is None:
        return None
    return unit.session.get_one(OutboxItem, (unit.workspace_id, parent_id))


def find_by_key(unit: Unit, key: str) -> OutboxItem | None:
    """The item that means `key`, or None."""
    return unit.session.scalars(select(OutboxItem).filter_by(key=key)).one_or_none()


@cache
def _parent_is_said() -> Any:
    parent = aliased(OutboxItem)
    said = exists().where(
        parent.workspace_id == OutboxItem.workspace_id,
        or_(parent.id == OutboxItem.post_id, parent.id == OutboxItem.thread_of_id),
        parent.state == SENT,
    )
    alone = OutboxItem.post_id.is_(None) & OutboxItem.thread_of_id.is_(None)
    return alone | said


@cache
def _is_next_update() -> Any:
    """Not an update while another of the same post is under way, or waits since longer."""
    other = aliased(OutboxItem)
    is_older = tuple_(other.created_at, other.id) < tuple_(OutboxItem.created_at, OutboxItem.id)
    before = exists().where(
        other.workspace_id == OutboxItem.workspace_id,
        other.post_id == OutboxItem.post_id,
        or_(other.state == SENDING, (other.state == PENDING) & is_older),
    )
    return ~before


def _of(item: OutboxItem) -> Update:
    return update(OutboxItem).where(OutboxItem.id == item.id)


def _of_attempt(item: OutboxItem) -> Update:
    """The item while nobody has moved it on since this attempt began."""
    return _of(item).where(
        OutboxItem.attempts == item.attempts, OutboxItem.state.in_([SENDING, UNKNOWN])
    )


def _count_updates(unit: Unit, post_id: int) -> int:
    wanted = select(OutboxItem.id).filter_by(post_id=post_id, kind="update")
    return len(unit.session.scalars(wanted).all())


def _get_id(unit: Unit, key: str) -> int:
    return unit.session.scalars(select(OutboxItem.id).filter_by(key=key)).one()


def _changed(unit: Unit, statement: Any) -> int:
    return int(unit.session.execute(statement).rowcount)  # type: ignore[attr-defined]

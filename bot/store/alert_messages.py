"""Where an alert's message stands in the outbox. Refuses to know what it says.

The first is `episode:{id}`. Who takes an alert over and reads elsewhere gets another one,
`episode:{id}:to:{n}`; the newest is the one that is kept up to date.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from bot.store.tables import Member, OutboxItem
from bot.store.unit import Unit

_IS_POST = OutboxItem.kind == "post"
# A statement holds so many alerts; SQLite takes no longer chains of conditions.
_AT_ONCE = 200


@dataclass(frozen=True)
class Reader:
    """Who reads at an audience: a person in their own language and zone, else the workspace."""

    locale: str
    zone: str


def find_message(unit: Unit, episode_id: int) -> OutboxItem | None:
    """The alert's message, None while it has none."""
    return unit.session.scalars(_newest(_of_episode(episode_id))).first()


def list_messages(unit: Unit, episode_ids: Sequence[int]) -> dict[int, OutboxItem]:
    """The newest message of each of these alerts; those that have none are left out."""
    found: dict[int, OutboxItem] = {}
    for chunk in _chunks(episode_ids):
        mine = or_(*(_is_of(each) for each in chunk))
        items = unit.session.scalars(_by_age(select(OutboxItem).where(mine, _IS_POST)))
        found |= {int(item.key.split(":")[1]): item for item in items}
    return found


def list_marks(unit: Unit, posts: Sequence[OutboxItem]) -> dict[int, str]:
    """By the post's id the mark (its first block's id) of what was last said in its place."""
    found = {each.id: _mark(each) for each in posts}
    for chunk in _chunks(list(found)):
        place = func.row_number().over(
            partition_by=OutboxItem.post_id,
            order_by=(func.length(OutboxItem.key).desc(), OutboxItem.key.desc()),
        )
        updates = select(OutboxItem.id, place.label("place")).where(
            OutboxItem.workspace_id == unit.workspace_id,
            OutboxItem.post_id.in_(chunk),
            OutboxItem.kind == "update",
        )
        ranked = updates.subquery("ranked")
        newest = select(ranked.c.id).where(ranked.c.place == 1)
        for item in unit.session.scalars(select(OutboxItem).where(OutboxItem.id.in_(newest))):
            found |= {item.post_id: _mark(item)} if item.post_id is not None else {}
    return found


def next_key(unit: Unit, episode_id: int) -> str:
    """The key of the alert's next message, the first or one for who takes it over."""
    count = len(unit.session.scalars(_of_episode(episode_id)).all())
    return f"episode:{episode_id}:to:{count}" if count else f"episode:{episode_id}"


def log_key(episode_id: int, what: str) -> str:
    """The key of a line in the message's thread."""
    return f"episode:{episode_id}:log:{what}"


def count_posted(unit: Unit, audience: str, since: datetime) -> int:
    """How many alerts were put before an audience from an instant on."""
    wanted = (
        select(func.count())
        .select_from(OutboxItem)
        .where(OutboxItem.kind == "post", OutboxItem.audience == audience)
        .where(OutboxItem.key.startswith("episode:"), OutboxItem.thread_of_id.is_(None))
        .where(OutboxItem.created_at >= since)
    )
    return unit.session.scalars(wanted).one()


def read_reader(unit: Unit, audience: str) -> Reader:
    """Whose language and clock a message at `audience` keeps."""
    home = unit.workspace
    wanted = select(Member).filter_by(slack_user=audience)
    member = unit.session.scalars(wanted).one_or_none()
    if member is None:
        return Reader(home.locale, home.zone)
    return Reader(member.locale or home.locale, member.zone or home.zone)


def _mark(said: OutboxItem) -> str:
    blocks = said.payload["blocks"]
    return str(blocks[0].get("block_id", "")) if blocks else ""


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _by_age(items: Select[OutboxItem]) -> Select[OutboxItem]:
    """The newest last."""
    return items.order_by(func.length(OutboxItem.key), OutboxItem.key)


def _newest(items: Select[OutboxItem]) -> Select[OutboxItem]:
    """Keys count upwards, so the longest and then the last of them is the newest."""
    longest = func.length(OutboxItem.key).desc()
    return items.order_by(longest, OutboxItem.key.desc()).limit(1)


def _of_episode(episode_id: int) -> Select[OutboxItem]:
    return select(OutboxItem).where(_is_of(episode_id), _IS_POST)


def _is_of(episode_id: int) -> ColumnElement[bool]:
    key = f"episode:{episode_id}"
    return or_(OutboxItem.key == key, OutboxItem.key.startswith(f"{key}:to:"))

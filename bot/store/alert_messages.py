"""Where an alert's message stands in the outbox. Refuses to know what it says.

The first is `episode:{id}`. Who takes an alert over and reads elsewhere gets another one,
`episode:{id}:to:{n}`; the newest is the one that is kept up to date.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from bot.store.tables import Member, OutboxItem
from bot.store.unit import Unit


@dataclass(frozen=True)
class Reader:
    """Who reads at an audience: a person in their own language and zone, else the workspace."""

    locale: str
    zone: str


def find_message(unit: Unit, episode_id: int) -> OutboxItem | None:
    """The alert's message, None while it has none."""
    return unit.session.scalars(_newest(_of_episode(episode_id))).first()


def next_key(unit: Unit, episode_id: int) -> str:
    """The key of the alert's next message, the first or one for who takes it over."""
    count = len(unit.session.scalars(_of_episode(episode_id)).all())
    return f"episode:{episode_id}:to:{count}" if count else f"episode:{episode_id}"


def log_key(episode_id: int, what: str) -> str:
    """The key of a line in the message's thread."""
    return f"episode:{episode_id}:log:{what}"


def find_mark(unit: Unit, post: OutboxItem) -> str:
    """The mark (its first block's id) of what was last said in the message's place."""
    updates = select(OutboxItem).filter_by(post_id=post.id, kind="update")
    said = unit.session.scalars(_newest(updates)).first() or post
    blocks = said.payload["blocks"]
    return str(blocks[0].get("block_id", "")) if blocks else ""


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


def _newest(items: Select[OutboxItem]) -> Select[OutboxItem]:
    """Keys count upwards, so the longest and then the last of them is the newest."""
    longest = func.length(OutboxItem.key).desc()
    return items.order_by(longest, OutboxItem.key.desc()).limit(1)


def _of_episode(episode_id: int) -> Select[OutboxItem]:
    key = f"episode:{episode_id}"
    mine = or_(OutboxItem.key == key, OutboxItem.key.startswith(f"{key}:to:"))
    return select(OutboxItem).where(mine, OutboxItem.kind == "post")

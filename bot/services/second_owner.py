"""An alert nobody acted on by the end of its owner's day goes on to the second owner, once.

Refuses to take it from anybody: it stays the owner's, and whoever presses first acts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.core.alert import AlertRow
from bot.core.lead_digest import is_wanting
from bot.registry import CS_TEAM
from bot.services.episodes import lock_episode
from bot.store import outbox
from bot.store.alert_messages import find_message, log_key
from bot.store.episodes import list_open
from bot.store.members import get_member, list_active
from bot.store.tables import Account, Member, OutboxItem
from bot.store.unit import Unit


@dataclass(frozen=True)
class Passing:
    """An alert and who hears of it; `is_lead` where the account has no second at work.

    `thread_key` and `thread_audience` are of its message, whose thread tells of it.
    """

    alert: AlertRow
    member_id: int
    slack_user: str
    name: str
    is_lead: bool
    thread_key: str
    thread_audience: str


@dataclass(frozen=True)
class Said:
    """A rendered message: its text and blocks."""

    text: str
    blocks: Sequence[dict[str, Any]]


def list_to_pass(unit: Unit, owner_id: int, today: date) -> list[Passing]:
    """Red alerts of the owner that have a message, that nobody acts on, and that did not go on."""
    wanting = [
        each
        for each in list_open(unit, [owner_id], today)
        if each.is_told and is_wanting(each, today)
    ]
    keys = [pass_key(each.id) for each in wanting]
    passed = set(unit.session.scalars(select(OutboxItem.key).where(OutboxItem.key.in_(keys))))
    left = [each for each in wanting if pass_key(each.id) not in passed]
    if not left:
        return []
    there = {each.id: each for each in list_active(unit) if _is_there(each, today)}
    found = [_find(unit, each, owner_id, there) for each in left]
    return [each for each in found if each is not None]


def pass_on(unit: Unit, passing: Passing, said: Said, line: Said) -> bool:
    """Tell them, and the alert's thread; False where somebody acts on it by now or was told."""
    episode = lock_episode(unit, passing.alert.id)
    if episode.claimed_by_id is not None or episode.state != passing.alert.state:
        return False
    key = pass_key(episode.id)
    if outbox.put(unit, key=key, audience=passing.slack_user, **_as_put(said)) is None:
        return False
    outbox.put(
        unit,
        key=log_key(episode.id, "passed"),
        audience=passing.thread_audience,
        thread_of_key=passing.thread_key,
        **_as_put(line),
    )
    change = {"episode": str(episode.id), "to": str(passing.member_id)}
    unit.audit("evening", "alert_passed_on", str(episode.account_id), **change)
    return True


def pass_key(episode_id: int) -> str:
    """The outbox key of the message to whoever hears of it second."""
    return f"unclaimed:{episode_id}"


def _as_put(said: Said) -> dict[str, Any]:
    return {"text": said.text, "blocks": said.blocks}


def _find(
    unit: Unit, alert: AlertRow, owner_id: int, there: Mapping[int, Member]
) -> Passing | None:
    """The second, else the owner's lead; whoever has the message already is passed over."""
    post = find_message(unit, alert.id)
    wanted = select(Account.second_id).filter_by(id=alert.row.id)
    second, lead = unit.session.scalars(wanted).one(), get_member(unit, owner_id).lead_id
    if post is None:
        return None
    for member_id, is_lead in ((second, False), (lead, True)):
        member = there.get(member_id or 0)
        if member is None or member.id == owner_id or member.slack_user == post.audience:
            continue
        assert member.slack_user
        return Passing(
            alert, member.id, member.slack_user, member.name, is_lead, post.key, post.audience
        )
    return None


def _is_there(member: Member, on: date) -> bool:
    is_away = member.absent_until_on is not None and member.absent_until_on >= on
    return bool(member.slack_user and CS_TEAM & set(member.roles)) and not is_away

"""An alert nobody acted on by the end of its owner's day goes on to the second owner, once.

Refuses to take it from anybody: it stays the owner's, and whoever presses first acts. Refuses to
disturb: whoever lives by another clock hears of it when their own day begins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from bot.core.alert import AlertRow
from bot.core.hours import OfficeHours, local_day, next_opening, wall_instant
from bot.core.lead_digest import is_wanting
from bot.people import build_person
from bot.registry import CS_TEAM
from bot.services.episodes import lock_episode
from bot.store import outbox
from bot.store.alert_messages import find_message, log_key
from bot.store.episodes import list_by_id, list_open
from bot.store.members import get_member, list_active
from bot.store.tables import Account, Episode, Member, OutboxItem
from bot.store.unit import Unit

# So long after their hours somebody is still told the same evening.
_EVENING = timedelta(hours=3)
# Whose hours begin later than that is not at work.
_NEXT_DAY = timedelta(days=1)
_LINE = "passed"


@dataclass(frozen=True)
class Passing:
    """An alert and who hears of it; `is_lead` where the account has no second at work.

    `opens_at` is when their hours begin, None where they can be told now. `thread_key` and
    `thread_audience` are of its message, whose thread tells of it.
    """

    alert: AlertRow
    member_id: int
    slack_user: str
    name: str
    is_lead: bool
    opens_at: datetime | None
    thread_key: str
    thread_audience: str


@dataclass(frozen=True)
class Said:
    """A rendered message: its text and blocks."""

    text: str
    blocks: Sequence[dict[str, Any]]


def list_to_pass(unit: Unit, owner_id: int, today: date, at: datetime) -> list[Passing]:
    """Red alerts of the owner that have a message, that nobody acts on, and that did not go on."""
    wanting = _list_wanting(list_open(unit, [owner_id], today), today)
    passed = _list_said(unit, [pass_key(each.id) for each in wanting])
    left = [each for each in wanting if pass_key(each.id) not in passed]
    return _find_all(unit, left, today, at)


def list_put_off(unit: Unit, member_id: int, today: date, at: datetime) -> list[Passing]:
    """What was to go on to this member out of their hours, and still nobody acts on."""
    held = _list_second_or_led(unit, member_id)
    said = _list_said(
        unit, [key for each in held for key in (log_key(each, _LINE), pass_key(each))]
    )
    left = [each for each in held if log_key(each, _LINE) in said and pass_key(each) not in said]
    wanting = _list_wanting(list_by_id(unit, left, today), today) if left else []
    return [each for each in _find_all(unit, wanting, today, at) if each.member_id == member_id]


def pass_on(unit: Unit, passing: Passing, said: Said, line: Said) -> bool:
    """Tell them, and the alert's thread; False where somebody acts on it by now or was told."""
    if not _still_wants(unit, passing):
        return False
    key = pass_key(passing.alert.id)
    if outbox.put(unit, key=key, audience=passing.slack_user, **_as_put(said)) is None:
        return False
    _put_line(unit, passing, line)
    _tell(unit, "alert_passed_on", passing)
    return True


def put_off(unit: Unit, passing: Passing, line: Said) -> bool:
    """Say in the alert's thread when they will be told; False where that was said before."""
    if not _still_wants(unit, passing) or _put_line(unit, passing, line) is None:
        return False
    _tell(unit, "alert_passed_later", passing)
    return True


def pass_key(episode_id: int) -> str:
    """The outbox key of the message to whoever hears of it second."""
    return f"unclaimed:{episode_id}"


def _still_wants(unit: Unit, passing: Passing) -> bool:
    episode = lock_episode(unit, passing.alert.id)
    return episode.claimed_by_id is None and episode.state == passing.alert.state


def _put_line(unit: Unit, passing: Passing, line: Said) -> int | None:
    return outbox.put(
        unit,
        key=log_key(passing.alert.id, _LINE),
        audience=passing.thread_audience,
        thread_of_key=passing.thread_key,
        **_as_put(line),
    )


def _tell(unit: Unit, action: str, passing: Passing) -> None:
    change = {"episode": str(passing.alert.id), "to": str(passing.member_id)}
    unit.audit("evening", action, str(passing.alert.row.id), **change)


def _as_put(said: Said) -> dict[str, Any]:
    return {"text": said.text, "blocks": said.blocks}


def _list_wanting(alerts: Sequence[AlertRow], today: date) -> list[AlertRow]:
    return [each for each in alerts if each.is_told and is_wanting(each, today)]


def _list_said(unit: Unit, keys: Sequence[str]) -> set[str]:
    return set(unit.session.scalars(select(OutboxItem.key).where(OutboxItem.key.in_(keys))))


def _list_second_or_led(unit: Unit, member_id: int) -> list[int]:
    """Told, unclaimed alerts for which the member stands second, or leads the owner."""
    owner = aliased(Member)
    ours = Episode.workspace_id
    wanted = (
        select(Episode.id)
        .join(Account, (Account.workspace_id == ours) & (Account.id == Episode.account_id))
        .outerjoin(owner, (owner.workspace_id == ours) & (owner.id == Episode.owner_id))
        .where(Episode.open_as.is_not(None), Episode.told_at.is_not(None))
        .where(Episode.claimed_by_id.is_(None))
        .where(or_(Account.second_id == member_id, owner.lead_id == member_id))
    )
    return list(unit.session.scalars(wanted.order_by(Episode.id)))


def _find_all(unit: Unit, alerts: Sequence[AlertRow], today: date, at: datetime) -> list[Passing]:
    if not alerts:
        return []
    there = {each.id: each for each in list_active(unit) if _is_there(each, today)}
    found = [_find(unit, each, there, at) for each in alerts]
    return [each for each in found if each is not None]


def _find(unit: Unit, alert: AlertRow, there: Mapping[int, Member], at: datetime) -> Passing | None:
    """The second, else the owner's lead; whoever has the message already is passed over.

    So is who does not work before the next day, unless nobody else is left.
    """
    post = find_message(unit, alert.id)
    if post is None or alert.owner_id is None:
        return None
    wanted = select(Account.second_id).filter_by(id=alert.row.id)
    second = unit.session.scalars(wanted).one()
    lead = get_member(unit, alert.owner_id).lead_id
    asked = [(there.get(second or 0), False), (there.get(lead or 0), True)]
    found = [
        _build(alert, member, is_lead, _find_opening(unit, member, at), post)
        for member, is_lead in asked
        if member and member.id != alert.owner_id and member.slack_user != post.audience
    ]
    at_work = [each for each in found if (each.opens_at or at) - at <= _NEXT_DAY]
    return next(iter(at_work or found), None)


def _build(
    alert: AlertRow, member: Member, is_lead: bool, opens_at: datetime | None, post: OutboxItem
) -> Passing:
    assert member.slack_user
    return Passing(
        alert=alert,
        member_id=member.id,
        slack_user=member.slack_user,
        name=member.name,
        is_lead=is_lead,
        opens_at=opens_at,
        thread_key=post.key,
        thread_audience=post.audience,
    )


def _find_opening(unit: Unit, member: Member, at: datetime) -> datetime | None:
    """When their hours begin; None from then on until the evening of the same day."""
    person = build_person(member, unit.workspace)
    on = local_day(at, person.zone)
    opens, closes = (wall_instant(on, each, person.zone) for each in (member.opens, member.closes))
    if person.calendar.is_business_day(on) and opens <= at < closes + _EVENING:
        return None
    return next_opening(at, OfficeHours(person.zone, member.opens, member.closes), person.calendar)


def _is_there(member: Member, on: date) -> bool:
    return bool(member.slack_user and CS_TEAM & set(member.roles)) and not member.is_away(on)

"""Finds the Slack person behind members who are known by mail address alone."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from bot.services.ports import Directory, PersonFacts
from bot.store.tables import Member
from bot.store.unit import Store, Unit

# users.lookupByEmail allows fifty a minute; a rest waits for the next turn.
MOST_LOOKUPS = 40


@dataclass(frozen=True)
class Linked:
    """Members that now have a Slack person, and addresses nobody in Slack has."""

    linked: int
    unknown: tuple[str, ...]


def link_people(store: Store, workspace_id: int, directory: Directory) -> Linked:
    """Ask Slack for each unlinked member's address; asks first, then writes."""
    with store.reading(workspace_id) as unit:
        waiting = _list_unlinked(unit)
    found = {one.id: directory.find_person_by_email(one.email or "") for one in waiting}
    with store.writing(workspace_id) as unit:
        linked = sum(_link(unit, member_id, facts) for member_id, facts in found.items() if facts)
    unknown = [one.email or "" for one in waiting if found[one.id] is None]
    return Linked(linked, tuple(unknown))


def _list_unlinked(unit: Unit) -> list[Member]:
    wanted = (
        select(Member)
        .where(Member.slack_user.is_(None), Member.email.is_not(None), Member.is_active.is_(True))
        # In no order, so that people who never join do not stand before those who do.
        .order_by(func.random())
        .limit(MOST_LOOKUPS)
    )
    return list(unit.session.scalars(wanted))


def _link(unit: Unit, member_id: int, facts: PersonFacts) -> int:
    """1 when the member was linked; a person who is somebody else's already is left alone."""
    taken = unit.session.scalars(select(Member.id).filter_by(slack_user=facts.slack_user)).first()
    if taken is not None or facts.is_deleted or facts.is_guest or facts.is_bot:
        return 0
    unit.session.execute(
        update(Member)
        .where(Member.id == member_id)
        .values(
            slack_user=facts.slack_user,
            zone=func.coalesce(Member.zone, facts.zone),
            locale=func.coalesce(Member.locale, facts.locale),
        )
    )
    return 1

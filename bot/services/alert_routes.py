"""Who is told of an alert. Refuses to leave one with somebody who is away or of no CS role.

Its owner, else the account's second, else the channel of the CS team, else a lead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.core.vocabulary import Role
from bot.registry import CS_TEAM
from bot.store.members import list_active
from bot.store.tables import Account, Episode, Member
from bot.store.unit import Unit


@dataclass(frozen=True)
class Route:
    """Where an alert goes: to a member, or with None for one to the CS team's channel."""

    member_id: int | None
    audience: str


def find_place(member: Member) -> str:
    """Where a member reads: the channel they chose, else their direct message."""
    return member.digest_channel or member.slack_user or ""


def find_routes(unit: Unit, on: date) -> dict[int, Route]:
    """Each open, untold alert of a customer by its id; what nobody is there for is left out.

    One whose signs have gone before it was told is left out as well: there is nothing to do.
    """
    wanted = (
        select(Episode.id, Episode.owner_id, Account.owner_id, Account.second_id)
        .join(
            Account,
            (Account.workspace_id == Episode.workspace_id) & (Account.id == Episode.account_id),
        )
        .where(Episode.open_as.is_not(None), Episode.told_at.is_(None), Account.is_active)
        .where(Episode.is_watch.is_(False), Episode.clear_since_on.is_(None))
    )
    found = unit.session.execute(wanted).all()
    there = {each.id: each for each in list_active(unit) if _is_there(each, on)} if found else {}
    routes = {
        episode_id: _route(unit, there, [answers, second], owner)
        for episode_id, answers, owner, second in found
    }
    return {episode_id: route for episode_id, route in routes.items() if route is not None}


def _route(
    unit: Unit, there: Mapping[int, Member], people: Iterable[int | None], owner_id: int | None
) -> Route | None:
    for member_id in people:
        if member_id is not None and member_id in there:
            return Route(member_id, find_place(there[member_id]))
    if unit.workspace.cs_channel:
        return Route(None, unit.workspace.cs_channel)
    lead = _find_lead(unit, there, owner_id)
    return Route(lead.id, find_place(lead)) if lead else None


def _find_lead(unit: Unit, there: Mapping[int, Member], owner_id: int | None) -> Member | None:
    """The lead of the account's owner, else the first by name."""
    wanted = select(Member.lead_id).filter_by(id=owner_id)
    own = unit.session.scalars(wanted).one_or_none() if owner_id else None
    leads = [each for each in there.values() if Role.LEAD in each.roles]
    return there.get(own or 0) or next(iter(leads), None)


def _is_there(member: Member, on: date) -> bool:
    return bool(member.slack_user and CS_TEAM & set(member.roles)) and not member.is_away(on)

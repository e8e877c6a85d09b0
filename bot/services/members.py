"""Adds people of the team by hand.  Refuses none of the fields to be wrong silently."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import or_, select

from bot.core.calendar import is_known_country
from bot.core.refusal import BadInput
from bot.core.vocabulary import Locale, Role
from bot.store.tables import Member
from bot.store.unit import Unit


@dataclass(frozen=True)
class NewMember:
    """A person to add; `email` or `slack_user` is what they are recognised by."""

    name: str
    roles: tuple[Role, ...]
    email: str | None = None
    slack_user: str | None = None
    zone: str | None = None
    locale: Locale | None = None
    country: str | None = None


def add_member(unit: Unit, new: NewMember) -> Member:
    """The member of `new`, made or completed; roles are added to those they have."""
    if new.zone:
        _check_zone(new.zone)
    if new.country and not is_known_country(new.country):
        raise BadInput("bad_country", said=new.country)
    member = _find(unit, new) or _made(unit, new)
    member.name, member.is_active = new.name, True
    member.email = new.email.lower() if new.email else member.email
    member.slack_user = new.slack_user or member.slack_user
    member.zone = new.zone or member.zone
    member.locale = new.locale or member.locale
    member.country = new.country or member.country
    given = [role.value for role in new.roles if role not in member.roles]
    member.roles = [*member.roles, *given]
    unit.session.flush()
    unit.audit("command line", "member_added", new.email or new.slack_user or "", roles=given)
    return member


def _find(unit: Unit, new: NewMember) -> Member | None:
    known = [
        Member.email == new.email.lower() if new.email else None,
        Member.slack_user == new.slack_user if new.slack_user else None,
    ]
    either = or_(*(one for one in known if one is not None))
    return unit.session.scalars(select(Member).where(either)).first()


def _made(unit: Unit, new: NewMember) -> Member:
    member = Member(name=new.name, roles=[], known_at=unit.at)
    unit.add(member)
    return member


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise BadInput("unknown_zone", zone=zone) from problem

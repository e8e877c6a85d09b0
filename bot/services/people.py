"""Who is speaking: from what Slack says of a person to the member of the company.

Guests, people of other organisations, bots and deactivated people are refused here.
"""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.ask import Person
from bot.core.calendar import WorkCalendar
from bot.core.refusal import NotAllowed
from bot.core.vocabulary import Role
from bot.people import build_calendar, build_person
from bot.services.ports import PersonFacts
from bot.store.tables import Member, Workspace
from bot.store.unit import Store, Unit


def refuse_outsiders(facts: PersonFacts, *, is_robot_known: bool = False) -> None:
    """Raise `NotAllowed` for everyone who is not a living, full member of the workspace.

    A robot that ops has given a role (one that delivers files) is let in.
    """
    if facts.is_deleted:
        raise NotAllowed("gone_person")
    if facts.is_bot and not is_robot_known:
        raise NotAllowed("robot")
    if facts.is_guest:
        raise NotAllowed("guest")


def recognise(store: Store, workspace: Workspace, facts: PersonFacts, ops: str | None) -> Person:
    """The person behind `facts`, remembered by Slack id from the first word on.

    A member known by e-mail alone is linked to the Slack id. A stranger of the workspace becomes
    a member without a role, the one named `ops` (Slack id or e-mail) one with the role ops. Zone
    and language are taken from Slack where nobody has set them, so that digests know them too.
    """
    is_ops = ops is not None and ops in (facts.slack_user, facts.email)
    with store.reading(workspace.id) as unit:
        member = find_member(unit, facts.slack_user)
        refuse_outsiders(facts, is_robot_known=member is not None and bool(member.roles))
        if member and (Role.OPS in member.roles or not is_ops):
            return build_person(member, workspace)
    return build_person(_remember(store, workspace, facts, is_ops), workspace)


def find_member(unit: Unit, slack_user: str) -> Member | None:
    """The active member with this Slack id, or None."""
    wanted = select(Member).filter_by(slack_user=slack_user, is_active=True)
    return unit.session.scalars(wanted).one_or_none()


def calendar_of(unit: Unit, member_id: int | None) -> WorkCalendar:
    """The business days of a member; the workspace's own for nobody."""
    if member_id is None:
        return build_calendar(unit.workspace)
    member = unit.session.scalars(select(Member).filter_by(id=member_id)).one()
    return build_person(member, unit.workspace).calendar


def list_ops_names(unit: Unit) -> list[str]:
    """Names of the people who can add members, in the order of the alphabet."""
    members = unit.session.scalars(select(Member).filter_by(is_active=True).order_by(Member.name))
    return [member.name for member in members if Role.OPS in member.roles]


def link_member(unit: Unit, facts: PersonFacts) -> Member:
    """The member behind `facts`, made where Slack's person is new; outsiders are refused."""
    refuse_outsiders(facts)
    return _linked(unit, facts, is_ops=False)


def _remember(store: Store, workspace: Workspace, facts: PersonFacts, is_ops: bool) -> Member:
    try:
        with store.writing(workspace.id) as unit:
            return _linked(unit, facts, is_ops)
    except IntegrityError:
        # Somebody else's request of the same person came first; theirs is as good.
        with store.writing(workspace.id) as unit:
            return _linked(unit, facts, is_ops)


def _linked(unit: Unit, facts: PersonFacts, is_ops: bool) -> Member:
    member = _find_by_either(unit, facts) or _new_member(unit, facts)
    member.slack_user = facts.slack_user
    member.zone = member.zone or facts.zone
    member.locale = member.locale or facts.locale
    member.is_active = True
    if is_ops and Role.OPS not in member.roles:
        member.roles = [*member.roles, Role.OPS.value]
        unit.audit("settings", "role_given", facts.slack_user, role=Role.OPS.value)
    unit.session.flush()
    return member


def _find_by_either(unit: Unit, facts: PersonFacts) -> Member | None:
    by_id = select(Member).filter_by(slack_user=facts.slack_user)
    found = unit.session.scalars(by_id).one_or_none()
    if found is None and facts.email:
        by_email = select(Member).filter_by(email=facts.email.lower())
        found = unit.session.scalars(by_email).one_or_none()
    return found


def _new_member(unit: Unit, facts: PersonFacts) -> Member:
    member = Member(
        name=facts.name,
        email=facts.email.lower() if facts.email else None,
        roles=[],
        known_at=unit.at,
    )
    unit.add(member)
    return member

"""Roles by hand and from Slack's user groups. Refuses to take the last ops person away.

What a group gave is taken when the group lets the person go; what was given by hand stays.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.core.refusal import AlreadyDone, BadInput, NotAllowed
from bot.core.vocabulary import Role
from bot.services.people import link_member
from bot.services.ports import Directory, PersonFacts
from bot.store.tables import Member
from bot.store.unit import Store, Unit

# In the workspace's settings: ids of user groups by role.
GROUPS = "role_groups"
# Roles a user group may give; the others are few enough for a hand.
BY_GROUP = (Role.CSM, Role.LEAD, Role.MANAGER, Role.OPS)


@dataclass(frozen=True)
class Given:
    """A member's roles, before and now."""

    name: str
    before: tuple[Role, ...]
    now: tuple[Role, ...]


def give_roles(unit: Unit, facts: PersonFacts, roles: Sequence[Role], actor: str) -> Given:
    """These roles by hand, and no others but what a user group gives."""
    member = link_member(unit, facts)
    before = tuple(Role(role) for role in member.roles)
    kept = [role for role in member.group_roles if role not in roles]
    wanted = [*dict.fromkeys(role.value for role in roles), *kept]
    if set(wanted) == set(member.roles) and kept == member.group_roles:
        raise AlreadyDone("roles_already", name=member.name)
    if Role.OPS in before and Role.OPS not in wanted and not _has_other_ops(unit, member):
        raise NotAllowed("last_ops")
    member.roles, member.group_roles = wanted, kept
    unit.audit(actor, "roles_given", facts.slack_user, roles=wanted, before=list(before))
    return Given(member.name, before, tuple(Role(role) for role in wanted))


def read_roles(said: str) -> list[Role]:
    """Roles as typed, by their keys; a word that is none is refused by name."""
    words = said.replace(",", " ").lower().split()
    if unknown := [word for word in words if word not in set(Role)]:
        raise BadInput("unknown_role", said=unknown[0], known=[role.value for role in Role])
    return [Role(word) for word in words]


def choose_groups(unit: Unit, groups: Mapping[Role, Sequence[str]], actor: str) -> None:
    """From now on these user groups give these roles."""
    kept = {role.value: list(ids) for role, ids in groups.items() if ids}
    unit.workspace.settings = {**unit.workspace.settings, GROUPS: kept}
    unit.audit(actor, "role_groups_chosen", unit.workspace.team_id, **kept)


def read_groups(unit: Unit) -> dict[Role, list[str]]:
    """The user groups by the role they give."""
    kept = unit.workspace.settings.get(GROUPS, {})
    return {Role(role): list(ids) for role, ids in kept.items()}


def follow_groups(store: Store, workspace_id: int, directory: Directory) -> int:
    """Bring roles in step with the groups; how many members changed. Asks first, then writes.

    Where Slack does not answer nothing changes; a group it no longer knows takes nothing.
    """
    with store.reading(workspace_id) as unit:
        groups = read_groups(unit)
        if not groups and not _list_held(unit):
            return 0
    wanted, unsure = _ask(groups, directory)
    people = _find_people(store, workspace_id, directory, set(wanted))
    with store.writing(workspace_id) as unit:
        for facts in people:
            link_member(unit, facts)
        unit.session.flush()
        members = unit.session.scalars(select(Member).filter_by(is_active=True)).all()
        return sum(_follow(unit, one, wanted[one.slack_user or ""], unsure) for one in members)


def _ask(
    groups: Mapping[Role, Sequence[str]], directory: Directory
) -> tuple[dict[str, set[str]], set[str]]:
    """The roles of each Slack id, and the roles of which nobody can be sure."""
    wanted: dict[str, set[str]] = defaultdict(set)
    unsure: set[str] = set()
    for role, ids in groups.items():
        for group in ids:
            people = directory.list_group_people(group)
            if people is None:
                unsure.add(role.value)
            for user in people or ():
                wanted[user].add(role.value)
    return wanted, unsure


def _find_people(
    store: Store, workspace_id: int, directory: Directory, users: set[str]
) -> list[PersonFacts]:
    """Those of a group who are no members yet, without guests, robots and who has left."""
    with store.reading(workspace_id) as unit:
        known = set(unit.session.scalars(select(Member.slack_user).filter_by(is_active=True)))
    asked = [directory.get_person(user) for user in sorted(users - known)]
    return [one for one in asked if not (one.is_guest or one.is_bot or one.is_deleted)]


def _follow(unit: Unit, member: Member, wanted: set[str], unsure: set[str]) -> int:
    """1 when the member's roles changed."""
    lost = {role for role in member.group_roles if role not in wanted | unsure}
    if Role.OPS in lost and not _has_other_ops(unit, member):
        lost.discard(Role.OPS)
    new = sorted(wanted - set(member.roles))
    held = [role for role in member.group_roles if role not in lost]
    roles = [*(role for role in member.roles if role not in lost), *new]
    by_group = [*held, *(role for role in new if role not in held)]
    if roles == member.roles and by_group == member.group_roles:
        return 0
    member.roles, member.group_roles = roles, by_group
    unit.audit("user groups", "roles_followed", member.slack_user or "", roles=roles)
    unit.session.flush()
    return 1


def _list_held(unit: Unit) -> list[int]:
    members = unit.session.scalars(select(Member).filter_by(is_active=True))
    return [member.id for member in members if member.group_roles]


def _has_other_ops(unit: Unit, member: Member) -> bool:
    """Whether somebody else who can be reached in Slack answers for operations."""
    others = unit.session.scalars(select(Member).filter_by(is_active=True))
    return any(
        other.id != member.id and other.slack_user and Role.OPS in other.roles for other in others
    )

"""Where each person's messages go. Refuses channels in which guests or outsiders read."""

from collections.abc import Mapping

from sqlalchemy import func, select

from bot.core.setup import Place
from bot.core.vocabulary import Role
from bot.store.members import get_member, list_active
from bot.store.tables import Account
from bot.store.unit import Unit


def list_places(unit: Unit) -> list[Place]:
    """Everybody in Slack who owns accounts or is a CSM, by name."""
    wanted = select(Account.owner_id, func.count()).where(Account.is_active)
    counted = unit.session.execute(wanted.group_by(Account.owner_id))
    counts = {owner_id: count for owner_id, count in counted if owner_id is not None}
    return [
        Place(one.id, one.name, counts.get(one.id, 0), one.digest_channel)
        for one in list_active(unit)
        if one.slack_user and (one.id in counts or Role.CSM in one.roles)
    ]


def choose_places(unit: Unit, chosen: Mapping[int, str | None], actor: str) -> list[int]:
    """By member the channel, None for the own direct message; gives the members who moved."""
    moved = []
    for member_id, channel in chosen.items():
        member = get_member(unit, member_id)
        if member.digest_channel != channel:
            unit.audit(
                actor, "place_chosen", str(member_id), was=member.digest_channel, now=channel
            )
            member.digest_channel = channel
            moved.append(member_id)
    return moved

"""Members as the store has them: everybody who works here now, and one person's own row."""

from sqlalchemy import select

from bot.store.tables import Member
from bot.store.unit import Unit


def get_member(unit: Unit, member_id: int) -> Member:
    """The member's row; raises sqlalchemy's NoResultFound when it is gone."""
    return unit.session.scalars(select(Member).filter_by(id=member_id)).one()


def list_active(unit: Unit) -> list[Member]:
    """Everybody who works here now, by name."""
    wanted = select(Member).where(Member.is_active.is_(True)).order_by(Member.name, Member.id)
    return list(unit.session.scalars(wanted))


def list_reached(unit: Unit) -> list[Member]:
    """Those whom Slack reaches, by name: people first, then robots, who have no mail address."""
    reached = [each for each in list_active(unit) if each.slack_user]
    return sorted(reached, key=lambda each: not each.email)


def list_ops_users(unit: Unit) -> list[str]:
    """Slack ids of the people who answer for operations."""
    return [
        each.slack_user for each in list_active(unit) if each.slack_user and "ops" in each.roles
    ]

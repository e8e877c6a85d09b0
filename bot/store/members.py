"""Members as they set themselves up: language, hours, where the digest goes."""

from sqlalchemy import select

from bot.store.tables import Member
from bot.store.unit import Unit


def get_member(unit: Unit, member_id: int) -> Member:
    """The member's row; raises sqlalchemy's NoResultFound when it is gone."""
    return unit.session.scalars(select(Member).filter_by(id=member_id)).one()


def list_ops_users(unit: Unit) -> list[str]:
    """Slack ids of the people who answer for operations, in a settled order."""
    wanted = select(Member).where(Member.is_active, Member.slack_user.is_not(None))
    members = unit.session.scalars(wanted.order_by(Member.slack_user))
    return [each.slack_user for each in members if each.slack_user and "ops" in each.roles]

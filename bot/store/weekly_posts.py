"""The summaries that were posted, one for each manager and week."""

from datetime import date, datetime

from sqlalchemy import func, select

from bot.store.tables import Member, OutboxItem, PlaybookReview
from bot.store.unit import Unit


def summary_key(week_on: date, member_id: int) -> str:
    """The outbox key of one person's summary of the week that begins on a Monday."""
    return f"weekly_summary:{week_on.isoformat()}:{member_id}"


def list_posts(unit: Unit, week_on: date) -> list[tuple[str, Member]]:
    """Key and reader of every summary of that week, of those who still work here."""
    members = unit.session.scalars(select(Member).where(Member.is_active.is_(True)))
    keys = {summary_key(week_on, each.id): each for each in members}
    posted = unit.session.scalars(select(OutboxItem.key).where(OutboxItem.key.in_(keys)))
    return [(key, keys[key]) for key in sorted(posted)]


def find_mark(unit: Unit, week_on: date) -> tuple[int, datetime | None]:
    """Something that differs as soon as a decision of the week has come or changed."""
    wanted = select(func.count(PlaybookReview.id), func.max(PlaybookReview.decided_at))
    count, last_at = unit.session.execute(wanted.filter_by(week_on=week_on)).one()
    return count, last_at

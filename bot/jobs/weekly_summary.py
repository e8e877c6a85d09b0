"""The week for managers, on the first business day of the next one."""

from datetime import time, timedelta

from bot.ask import JobTurn
from bot.core.slots import Weekly
from bot.core.vocabulary import Role
from bot.core.week import find_last_week
from bot.registry import job
from bot.services.reviews import find_editor
from bot.services.weekly import read_weekly
from bot.store.members import get_member
from bot.store.weekly_posts import summary_key
from bot.views.reply import Post
from bot.views.verdicts import Reader
from bot.views.weekly import WeeklyPage, build_weekly


@job(
    "weekly_summary",
    Weekly(0, time(9)),
    audience="member",
    grace=timedelta(days=1),
    roles={Role.MANAGER},
)
def weekly_summary(turn: JobTurn) -> list[Post]:
    """One post to each manager's direct message; none before health was ever computed."""
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    days = find_last_week(today, person.calendar)
    with turn.reading() as unit:
        is_away = get_member(unit, person.member_id).is_away(today)
        weekly = read_weekly(unit, days, today)
        editor = find_editor(unit)
    if weekly.flow.to_on is None or is_away:
        return []
    reader = Reader(
        person.member_id, person.zone, today, days.week_on, editor.name if editor else ""
    )
    shown = build_weekly(turn.say, WeeklyPage(weekly, reader))
    return [Post(summary_key(days.week_on, person.member_id), person.slack_user, shown)]

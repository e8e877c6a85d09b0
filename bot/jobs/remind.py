"""The afternoon's reminder: tasks due today and on the next business day, to who does them."""

from datetime import time, timedelta

from bot.ask import JobTurn
from bot.core.reminder import build_reminder
from bot.core.slots import Daily
from bot.registry import CS_TEAM, job
from bot.store.digest_work import list_tasks
from bot.store.members import get_member
from bot.views.remind import build_reminder_message
from bot.views.reply import Post


@job("remind", Daily(time(15, 0)), audience="member", grace=timedelta(hours=2), roles=CS_TEAM)
def remind(turn: JobTurn) -> list[Post]:
    """One direct message, none where nothing is due; who is away hears nothing."""
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    with turn.reading() as unit:
        if get_member(unit, person.member_id).is_away(today):
            return []
        tasks = list_tasks(unit, person.member_id, today)
    found = build_reminder(tasks, today, person.calendar.add_business_days(today, 1))
    if found.is_empty:
        return []
    key = f"remind:{today.isoformat()}:{person.member_id}"
    return [Post(key, person.slack_user, build_reminder_message(turn.say, found))]

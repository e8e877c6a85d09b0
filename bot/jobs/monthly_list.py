"""On the first business day of a month: whom each owner of accounts is to approach, and why."""

from datetime import time, timedelta

from bot.ask import JobTurn
from bot.core.slots import Monthly
from bot.registry import CS_TEAM, job
from bot.services.monthly_list import find_monthly
from bot.store.members import get_member
from bot.views.monthly_list import MonthlyPage, build_monthly
from bot.views.reply import Post


@job(
    "monthly_list",
    Monthly(time(8, 30)),
    audience="member",
    grace=timedelta(hours=9),
    roles=CS_TEAM,
)
def monthly_list(turn: JobTurn) -> list[Post]:
    """One post to where the person's messages go; none to those away, or without accounts."""
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    with turn.reading() as unit:
        member = get_member(unit, person.member_id)
        is_away = member.is_away(today)
        found = find_monthly(unit, person.member_id, person.calendar, today)
    if is_away or not found.total:
        return []
    shown = build_monthly(
        turn.say, MonthlyPage(person.member_id, person.name, today, found, greets=True)
    )
    key = f"monthly:{found.month:%Y-%m}:{person.member_id}"
    return [Post(key, member.digest_channel or person.slack_user, shown)]

"""Tells alerts, each in one message: new ones, those awake again, the recovered, the changed.

At most five new ones a day and audience; what is left stands in the digest and comes another day.
"""

from datetime import date, datetime, time, timedelta

from bot.alert_message import list_out_of_date, refresh, tell
from bot.ask import JobTurn
from bot.core.hours import wall_instant
from bot.core.slots import Daily
from bot.registry import CS_TEAM, job, morning_job
from bot.services.alert_news import (
    list_recovered,
    list_to_wake,
    list_told,
    settle_recovery,
    wake_all,
)
from bot.services.alert_routes import find_routes
from bot.store.alert_messages import count_posted
from bot.store.episodes import list_by_id
from bot.views.reply import Post

MOST_A_DAY = 5


@morning_job("alerts", roles=CS_TEAM)
def alerts(turn: JobTurn) -> list[Post]:
    """A member's own, where they read, and those they stand in for."""
    assert turn.person is not None
    _tell_news(turn, turn.person.member_id, turn.person.zone)
    return []


@job("alerts_team", Daily(time(8, 30)), audience="workspace", grace=timedelta(hours=4))
def alerts_team(turn: JobTurn) -> list[Post]:
    """What nobody answers for, in the channel of the CS team."""
    with turn.reading() as unit:
        zone = unit.workspace.zone
    _tell_news(turn, None, zone)
    return []


def _tell_news(turn: JobTurn, member_id: int | None, zone: str) -> None:
    today = turn.slot.local_day
    changed = _settle(turn, member_id, today)
    _post_new(turn, member_id, wall_instant(today, time(0), zone))
    with turn.reading() as unit:
        told = list_told(unit, member_id)
    stale = changed.union(list_out_of_date(turn, told))
    for episode_id in told:
        if episode_id in stale:
            refresh(turn, episode_id)


def _settle(turn: JobTurn, member_id: int | None, today: date) -> set[int]:
    """Wake whose day has come, and propose closing where the signs are gone."""
    with turn.reading() as unit:
        asleep = list_to_wake(unit, member_id, today)
        cleared = list_recovered(unit, member_id, today)
    if not asleep and not cleared:
        return set()
    with turn.writing() as unit:
        woken = wake_all(unit, asleep, today)
        settle_recovery(unit, cleared, today)
    return {*woken, *cleared}


def _post_new(turn: JobTurn, member_id: int | None, midnight: datetime) -> None:
    today = turn.slot.local_day
    with turn.reading() as unit:
        routes = {
            episode_id: route.audience
            for episode_id, route in find_routes(unit, today).items()
            if route.member_id == member_id
        }
        new = [each.id for each in list_by_id(unit, list(routes), today)]
        posted = {where: count_posted(unit, where, midnight) for where in set(routes.values())}
    for episode_id in new:
        where = routes[episode_id]
        if posted[where] < MOST_A_DAY and tell(turn, episode_id, where):
            posted[where] += 1

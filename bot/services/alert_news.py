"""What a night has changed about alerts that are told: awake again, recovered."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from bot.core.calendar import WorkCalendar
from bot.core.vocabulary import EpisodeState
from bot.people import build_calendar
from bot.registry import CS_TEAM
from bot.services.alerts import find_playbook
from bot.services.episodes import lock_episode, wake
from bot.store.members import list_active
from bot.store.tables import Account, Episode, ScoreRun
from bot.store.unit import Unit


def list_to_wake(unit: Unit, member_id: int | None, on: date) -> list[int]:
    """The snoozed alerts of a member whose day has come; with None of those nobody looks after."""
    due = select(Episode.id).where(Episode.snoozed_until_on <= on, _whose(unit, member_id))
    return list(unit.session.scalars(due.where(Episode.state == EpisodeState.SNOOZED.value)))


def list_told(unit: Unit, member_id: int | None) -> list[int]:
    """Open alerts of a member that have a message; with None those nobody looks after."""
    wanted = select(Episode.id).where(Episode.open_as.is_not(None), Episode.told_at.is_not(None))
    return list(unit.session.scalars(wanted.where(_whose(unit, member_id)).order_by(Episode.id)))


def wake_all(unit: Unit, episode_ids: list[int], on: date) -> list[int]:
    """Those that woke just now."""
    return [each for each in episode_ids if wake(unit, each, on)]


def list_recovered(unit: Unit, member_id: int | None, on: date) -> list[int]:
    """Alerts without any sign for as many business-day runs as their playbook asks.

    Also those that were told so and have signs again, to be told of once more.
    """
    return [each.id for each in _list_cleared(unit, member_id) if _is_news(unit, each, on)]


def settle_recovery(unit: Unit, episode_ids: list[int], on: date) -> None:
    """Closing is proposed from now on; where the signs are back it is no longer."""
    for episode_id in episode_ids:
        episode = lock_episode(unit, episode_id)
        if _is_news(unit, episode, on):
            episode.is_recovery_told = not episode.is_recovery_told


def _list_cleared(unit: Unit, member_id: int | None) -> Iterator[Episode]:
    wanted = select(Episode).where(Episode.open_as.is_not(None), _whose(unit, member_id))
    concerned = or_(Episode.clear_since_on.is_not(None), Episode.is_recovery_told.is_(True))
    yield from unit.session.scalars(wanted.where(concerned).order_by(Episode.id)).all()


def _is_news(unit: Unit, episode: Episode, on: date) -> bool:
    return episode.is_recovery_told is not _has_recovered(unit, episode, on)


def _has_recovered(unit: Unit, episode: Episode, on: date) -> bool:
    if episode.clear_since_on is None:
        return False
    playbook = find_playbook(unit, episode.playbook, episode.playbook_version)
    runs = playbook.recovers_after_runs if playbook else None
    if runs is None:
        return False
    calendar = _calendar_of(unit, episode.account_id)
    return _count_runs(unit, calendar, episode.clear_since_on, on) >= runs


def _count_runs(unit: Unit, calendar: WorkCalendar, since_on: date, on: date) -> int:
    """Finished runs of business days from one day to another, both included."""
    wanted = select(ScoreRun.run_on).where(ScoreRun.finished_at.is_not(None))
    days = unit.session.scalars(wanted.where(ScoreRun.run_on.between(since_on, on)))
    return sum(calendar.is_business_day(day) for day in days)


def _calendar_of(unit: Unit, account_id: int) -> WorkCalendar:
    country = unit.session.scalars(select(Account.country).filter_by(id=account_id)).one()
    return build_calendar(unit.workspace, country)


def _whose(unit: Unit, member_id: int | None) -> ColumnElement[bool]:
    if member_id is not None:
        return Episode.owner_id == member_id
    # Those whose own morning looks after their alerts.
    looked_after = [
        each.id for each in list_active(unit) if each.slack_user and CS_TEAM & set(each.roles)
    ]
    return or_(Episode.owner_id.is_(None), Episode.owner_id.not_in(looked_after))

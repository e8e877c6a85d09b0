"""Checks of outcomes that are to be told in the thread of their alert: each once."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from bot.core.outcome import Check, OutcomeRow
from bot.core.vocabulary import EpisodeState
from bot.store.alert_messages import log_key
from bot.store.outcomes import list_by_id
from bot.store.tables import Episode, OutboxItem, OutcomeCheck, TaskOutcome
from bot.store.unit import Unit

News = tuple[OutcomeRow, list[Check]]


def line_key(check: Check) -> str:
    """What is told of it, in the words of the outbox."""
    return f"check:{check.after_days}"


def list_news(unit: Unit, since_on: date, on: date) -> dict[int, News]:
    """By alert, what was measured from a day on and was not told yet; `on` is today.

    An alert is told of by the outcome that closed it; what came of the steps before is theirs.
    """
    later = aliased(TaskOutcome)
    is_last = ~exists().where(
        later.workspace_id == TaskOutcome.workspace_id,
        later.episode_id == TaskOutcome.episode_id,
        later.recorded_at > TaskOutcome.recorded_at,
    )
    same = OutcomeCheck.workspace_id == TaskOutcome.workspace_id
    wanted = (
        select(TaskOutcome.id)
        .join(OutcomeCheck, and_(same, OutcomeCheck.outcome_id == TaskOutcome.id))
        .join(
            Episode,
            and_(
                Episode.workspace_id == TaskOutcome.workspace_id,
                Episode.id == TaskOutcome.episode_id,
            ),
        )
        .where(OutcomeCheck.checked_on.between(since_on, on), is_last)
        .where(Episode.state == EpisodeState.CLOSED.value)
        .distinct()
    )
    outcomes = list_by_id(unit, list(unit.session.scalars(wanted)), on)
    told = _list_told(unit, outcomes)
    found = {each.episode_id: (each, _untold(each, since_on, told)) for each in outcomes}
    return {episode_id: news for episode_id, news in found.items() if episode_id and news[1]}


def _untold(outcome: OutcomeRow, since_on: date, told: frozenset[str]) -> list[Check]:
    return [
        each
        for each in outcome.checks
        if each.checked_on is not None
        and each.checked_on >= since_on
        and log_key(outcome.episode_id or 0, line_key(each)) not in told
    ]


def _list_told(unit: Unit, outcomes: Iterable[OutcomeRow]) -> frozenset[str]:
    keys = [
        log_key(outcome.episode_id or 0, line_key(check))
        for outcome in outcomes
        for check in outcome.checks
    ]
    wanted = select(OutboxItem.key).where(OutboxItem.key.in_(keys))
    return frozenset(unit.session.scalars(wanted))

"""Looks at outcomes again after two weeks and a month, and tells the alert's thread."""

from datetime import time, timedelta

from bot.alert_message import LogLine, refresh
from bot.ask import JobTurn
from bot.core.outcome import Check, OutcomeRow
from bot.core.slots import Daily
from bot.registry import job
from bot.services.outcome_checks import measure_due
from bot.store.check_news import line_key, list_news
from bot.views.alert_outcome import render_check
from bot.views.reply import Post

# What a broken turn has measured and not told is told in one of the next.
_CATCHES_UP = timedelta(days=7)


@job(
    "outcome_checks",
    Daily(time(7, 30)),
    audience="workspace",
    grace=timedelta(hours=12),
)
def outcome_checks(turn: JobTurn) -> list[Post]:
    """Checks of days off are measured as of those days, and told on the next business day."""
    today = turn.slot.local_day
    measure_due(turn.store, turn.workspace_id, today)
    with turn.reading() as unit:
        news = list_news(unit, today - _CATCHES_UP, today)
    for episode_id, (outcome, checks) in news.items():
        refresh(turn, episode_id, *(_line(outcome, each) for each in checks))
    return []


def _line(outcome: OutcomeRow, check: Check) -> LogLine:
    return LogLine(line_key(check), lambda say: render_check(say, outcome, check))

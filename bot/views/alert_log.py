"""The thread below an alert's message: one line for each thing that happened, told once.

Lines follow from how the alert stands, so that one that was missed is said the next time. What
does not show in it (who handed it to whom, a task's outcome) is a `LogLine` of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.alert import AlertRow
from bot.core.alert_page import AlertPage
from bot.core.say import Say
from bot.core.vocabulary import Ending, EpisodeState
from bot.views.alert_parts import render_ending, state_values
from bot.views.limits import shorten
from bot.views.words import named

_TEXT = 300


@dataclass(frozen=True)
class LogLine:
    """A line to add: `key` says what happened, so that it is never said twice of one alert.

    `render` says it in the language of whoever reads there.
    """

    key: str
    render: Callable[[Say], str]


def list_lines(page: AlertPage) -> list[LogLine]:
    """What shows in the alert as it stands, in the order in which it happened."""
    return [*_taken(page), *_turned(page), *_ended(page)]


def handed_over(by: str, to: str, at: datetime) -> LogLine:
    """Who gave it to whom."""
    return LogLine(f"handed:{_stamp(at)}", lambda say: say("alert_log", "handed", by=by, to=to))


def _taken(page: AlertPage) -> Iterator[LogLine]:
    alert = page.alert
    who, cause = alert.claimed_by, alert.hypothesis
    if who is not None and alert.claimed_at is not None:
        at = alert.claimed_at
        yield LogLine(
            f"claimed:{_stamp(at)}",
            lambda say: say("alert_log", "claimed", name=who.name, at=at, zone=page.zone),
        )
    if cause is not None:
        yield LogLine(
            f"cause:{cause}",
            lambda say: say("alert_log", "cause", cause=named(say, "hypothesis", cause)),
        )


def _turned(page: AlertPage) -> Iterator[LogLine]:
    """Waiting, asleep, or awake again by itself."""
    alert = page.alert
    if alert.state_at is None:
        return
    is_quiet = alert.state in (EpisodeState.WAITING, EpisodeState.SNOOZED)
    is_woken = alert.state_by is None and alert.is_open
    block = alert.state.value if is_quiet else "woken" if is_woken else ""
    if block:
        told = state_values(alert, page.zone)
        yield LogLine(
            f"{block}:{_stamp(alert.state_at)}",
            lambda say: say("alert_log", block, **told, today=page.today),
        )


def _ended(page: AlertPage) -> Iterator[LogLine]:
    alert = page.alert
    if alert.is_recovered:
        since_on = alert.clear_since_on
        yield LogLine(
            f"recovered:{since_on}",
            lambda say: say("alert_log", "recovered", since_on=since_on, today=page.today),
        )
    if not alert.is_open:
        yield LogLine("closed", lambda say: _closed(say, alert))


def _closed(say: Say, alert: AlertRow) -> str:
    reason = alert.ending_reason if alert.ending is Ending.FALSE_ALARM else None
    name = alert.state_by.name if alert.state_by else ""
    shown = shorten(reason or "", _TEXT)
    return say("alert_log", "closed", name=name, ending=render_ending(say, alert), reason=shown)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S%f")

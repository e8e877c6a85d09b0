"""Phrases every view of an alert shares: what it is about, how urgent, how far it has come."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core.alert import AlertRow, Reason
from bot.core.say import Say
from bot.core.vocabulary import EpisodeState
from bot.views.blocks import Element
from bot.views.book import days_to
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.words import named

NAME = 60
_REASON = 120
_DEEDS = {
    "claim": "alert_claim",
    "record": "episode_done",
    "wait": "alert_wait",
    "again": "alert_wait",
}


def render_headline(say: Say, alert: AlertRow) -> str:
    """What happens there, to stand after the account's name; the playbook's name without it."""
    if not alert.reasons:
        return alert.named(say.locale)
    return render_reason(say, alert.reasons[0], "headline")


def render_reason(say: Say, reason: Reason, block: str = "why") -> str:
    """A signal's own sentence."""
    return say(f"signal_{reason.signal}", block, **reason.values)


def render_lasting(say: Say, reason: Reason, today: date) -> str:
    """A signal's own sentence, and since when it holds where the sentence names no day."""
    told = render_reason(say, reason.as_of(today))
    names_a_day = any(isinstance(value, date) for value in reason.values.values())
    since_on = None if names_a_day else reason.since_on
    return say("alert", "reason", told=told, since_on=since_on, over_on=reason.over_on, today=today)


def about(say: Say, alert: AlertRow) -> dict[str, Any]:
    """Name and headline, as sentences want them."""
    return {"name": shorten(alert.row.name, NAME), "headline": render_headline(say, alert)}


def render_about(say: Say, alert: AlertRow) -> str:
    """Name and headline in one line."""
    return say("alert", "lead_alone", **about(say, alert))


def time_left(alert: AlertRow, today: date) -> dict[str, Any]:
    """The deadline ahead and the days to it; None where there is none."""
    renewal = alert.row.renewal
    return {
        "notice_on": renewal.notice_on,
        "notice_days": days_to(renewal.notice_on, today),
        "renews_on": renewal.renews_on,
        "renews_days": days_to(renewal.renews_on, today),
    }


def render_ending(say: Say, alert: AlertRow) -> str:
    """How it ended; "" while it is open."""
    return named(say, "ending", alert.ending)


def state_values(alert: AlertRow, zone: str) -> Mapping[str, Any]:
    """Who brought it into its state, when, and until when it stays there."""
    is_waiting = alert.state is EpisodeState.WAITING
    return {
        "name": alert.state_by.name if alert.state_by else "",
        "at": alert.state_at,
        "zone": zone,
        "until_on": alert.waiting_until_on if is_waiting else alert.snoozed_until_on,
        "reason": shorten(alert.snooze_reason or "", _REASON),
        "since_on": alert.clear_since_on,
    }


def build_steps(say: Say, alert: AlertRow, today: date, style: str | None = None) -> list[Element]:
    """The plain next steps, the likeliest first; it takes `style`."""
    first, *rest = list_steps(alert, today)
    ref = str(alert.id)
    steps = [(name, _DEEDS[name]) for name in rest]
    return [
        button(say("alert", first), _DEEDS[first], ref, style=style),
        *(button(say("alert", name), deed, ref) for name, deed in steps),
    ]


def list_steps(alert: AlertRow, today: date) -> list[str]:
    """What an open alert asks for next, by its block of `templates/alert`."""
    if alert.state is EpisodeState.WAITING:
        until_on = alert.waiting_until_on
        return ["record", "again"] if until_on and until_on <= today else ["record"]
    if alert.is_recovered:
        return ["record"] if alert.state is EpisodeState.CLAIMED else ["record", "claim"]
    return ["record" if alert.state is EpisodeState.CLAIMED else "claim", "wait"]

"""An alert that goes on at its owner's end of day: to whom it comes, and the line in its thread.

Says that nobody acts on it yet; blames nobody.
"""

from datetime import date, datetime

from bot.core.alert import AlertRow
from bot.core.say import Say
from bot.views.alert_parts import about, render_reason, time_left
from bot.views.blocks import actions, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Message
from bot.views.surfaces import message
from bot.views.words import band_word

_NAME = 60


def build_passed(say: Say, alert: AlertRow, owner: str, today: date, *, is_lead: bool) -> Message:
    """What happens there, why it comes to them, and the one thing to press."""
    lead = say(
        "second_owner",
        "lead",
        **about(say, alert),
        **time_left(alert, today),
        band=band_word(say, alert.row.standing.band),
        arr=alert.row.arr,
    )
    why = [render_reason(say, each.as_of(today)) for each in alert.reasons[:1]]
    since = say(
        "second_owner",
        "for_lead" if is_lead else "for_second",
        owner=shorten(owner, _NAME),
        opened_on=alert.opened_on,
        today=today,
    )
    ways = [
        button(say("alert", "claim"), "alert_claim", str(alert.id), style="primary"),
        button(say("alert", "open"), "alert", str(alert.id)),
    ]
    blocks = [section("\n".join([lead, *why])), section(since), *actions(ways)]
    return message(say("second_owner", "fallback", **about(say, alert)), blocks)


def build_passed_line(say: Say, name: str, *, is_lead: bool) -> Message:
    """The line in the alert's own thread."""
    told = say("second_owner", "line", name=shorten(name, _NAME), is_lead=is_lead)
    return message(told, [section(told)])


def build_passed_later(
    say: Say, name: str, opens_at: datetime, zone: str, *, is_lead: bool
) -> Message:
    """The line where they are out of their hours: when they will be told, by the reader's clock."""
    who = shorten(name, _NAME)
    told = say("second_owner", "later", name=who, is_lead=is_lead, at=opens_at, zone=zone)
    return message(told, [section(told)])

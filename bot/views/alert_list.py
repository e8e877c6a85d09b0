"""A list of open alerts, most at risk first, each with its next tap."""

from collections.abc import Sequence
from datetime import date

from bot.core.alert import AlertRow
from bot.core.say import Say
from bot.core.vocabulary import EpisodeState
from bot.views.alert_parts import about, build_steps, time_left
from bot.views.blocks import actions, context, section
from bot.views.elements import button, overflow
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.words import named

_STEP = 60


def build_alert_list(say: Say, alerts: Sequence[AlertRow], scope: str, today: date) -> Message:
    """All that fit; `scope` is mine, team or everything."""
    told = say("alert", f"list_{'lead' if alerts else 'none'}_{scope}", count=len(alerts))
    blocks = fit(
        [section(told)],
        [_row(say, each, scope, today) for each in alerts],
        [],
        lambda left: [context(say("words", "and_more", count=left))],
    )
    return message(told, blocks)


def _row(say: Say, alert: AlertRow, scope: str, today: date) -> list[Block]:
    step = alert.next_step
    is_mine = scope == "mine"
    told = say(
        "alert",
        "list_row",
        **about(say, alert),
        mark=named(say, "mark", alert.row.standing.band),
        is_watch=alert.is_watch,
        arr=alert.row.arr,
        left=say("alert", "left", **time_left(alert, today)),
        state=render_state(say, alert, today),
        owner=alert.owner.name if alert.owner and not is_mine else "",
        step=shorten(step.title[say.locale], _STEP) if step else "",
        due_on=step.due_on if step and alert.state is not EpisodeState.WAITING else None,
        today=today,
    )
    ref = str(alert.id)
    see = button(say("alert", "open"), "alert", ref)
    entries = [(say("alert", name), deed, ref) for name, deed in _MENU]
    return [section(told), *actions([*build_steps(say, alert, today), see, overflow(entries)])]


def render_state(say: Say, alert: AlertRow, today: date) -> str:
    """How far it has come, in a few words."""
    is_waiting = alert.state is EpisodeState.WAITING
    return say(
        "alert",
        "state_recovered" if alert.is_recovered else f"state_{alert.state}",
        name=alert.claimed_by.name if alert.claimed_by else "",
        until_on=alert.waiting_until_on if is_waiting else alert.snoozed_until_on,
        since_on=alert.clear_since_on,
        opened_on=alert.opened_on,
        today=today,
    )


_MENU = (("hand", "alert_hand"), ("false_alarm", "alert_false"))

"""The alert as its one message: what happens, why in numbers, what to do, by whom, by when.

One primary button, a second where the next step is plain, the rest in the menu.
"""

from bot.core.alert import AlertRow
from bot.core.alert_page import RENEWAL, AlertPage
from bot.core.say import Say
from bot.core.vocabulary import Ending, EpisodeState, Hypothesis
from bot.views.alert_outcome import render_outcomes
from bot.views.alert_parts import (
    NAME,
    about,
    build_steps,
    render_ending,
    render_headline,
    render_lasting,
    state_values,
    time_left,
)
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button, overflow
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.score_chart import build_score_chart
from bot.views.surfaces import message
from bot.views.words import band_word, named, word

REASONS = 3
_TEXT = 300
_LEFT_OUT = 3
_TAKEN = (EpisodeState.CLAIMED, EpisodeState.WAITING)


def build_alert(say: Say, page: AlertPage) -> Message:
    """The message as it stands; its first block's id is the page's mark."""
    head = {**section(_lead(say, page)), "block_id": page.mark}
    blocks = [head, *_why(say, page), *_chart(say, page), section(_plan(say, page))]
    if page.outcomes:
        blocks.append(section(render_outcomes(say, page)))
    blocks += [*build_causes(say, page.alert), context(_as_of(say, page)), *_buttons(say, page)]
    return message(_fallback(say, page), blocks)


def build_causes(say: Say, alert: AlertRow) -> list[Block]:
    """The causes, one tap each, from the claim on until one is chosen."""
    if alert.state not in _TAKEN or alert.hypothesis is not None:
        return []
    taps = [
        button(named(say, "hypothesis", cause), "alert_cause", f"{alert.id}:{cause}", number=number)
        for number, cause in enumerate(Hypothesis, start=1)
    ]
    return [context(say("alert", "choose_cause")), *actions(taps)]


def build_moved(say: Say, page: AlertPage) -> Message:
    """What stays in the place of a message whose alert somebody else took over."""
    alert = page.alert
    owner = alert.owner.name if alert.owner else ""
    told = say("alert", "moved", **about(say, alert), owner=owner)
    see = button(say("alert", "open"), "alert", str(alert.id))
    return message(told, [section(told), *actions([see])])


def _lead(say: Say, page: AlertPage) -> str:
    alert = page.alert
    return say(
        "alert",
        "lead_renewal" if page.is_renewal else "lead",
        **about(say, alert),
        **time_left(alert, page.today),
        ended=render_ending(say, alert),
        is_recovered=alert.is_recovered,
        is_watch=alert.is_watch,
        band=band_word(say, alert.row.standing.band),
        arr=alert.row.arr,
        today=page.today,
    )


def _fallback(say: Say, page: AlertPage) -> str:
    alert = page.alert
    return say(
        "alert",
        "fallback",
        ended=render_ending(say, alert),
        is_watch=alert.is_watch,
        is_renewal=page.is_renewal,
        left=say("alert", "left", **time_left(alert, page.today)),
        band=band_word(say, alert.row.standing.band),
        name=shorten(alert.row.name, NAME),
        headline=render_headline(say, alert),
        arr=alert.row.arr,
    )


def _why(say: Say, page: AlertPage) -> list[Block]:
    left_out = RENEWAL if page.is_renewal else ""
    reasons = [each for each in page.alert.reasons if each.signal != left_out]
    lines = [
        *_renewal(say, page),
        *(render_lasting(say, each, page.today) for each in reasons[:REASONS]),
    ]
    if len(reasons) > REASONS:
        lines.append(say("alert", "more_reasons", count=len(reasons) - REASONS))
    return [section("\n".join(lines))] if lines else []


def _renewal(say: Say, page: AlertPage) -> list[str]:
    """The deadline leads already; beside it stand the renewal's day and how the account is."""
    if not page.is_renewal:
        return []
    row = page.alert.row
    told = say(
        "alert",
        "why_renewal",
        **time_left(page.alert, page.today),
        score=row.standing.shown,
        today=page.today,
    )
    return [told]


def _chart(say: Say, page: AlertPage) -> list[Block]:
    if not page.alert.is_open:
        return []
    title = say("alert", "chart_title", opened_on=page.alert.opened_on)
    return build_score_chart(say, page.history, title)


def _plan(say: Say, page: AlertPage) -> str:
    """Where it stands, what of it is believed, and the next step."""
    alert, step = page.alert, page.alert.next_step
    is_other = step is not None and step.owner is not None and step.owner != alert.owner
    is_due = step is not None and alert.state is not EpisodeState.WAITING
    plan = say(
        "alert",
        "plan",
        playbook=alert.named(say.locale),
        owner=alert.owner,
        is_open=alert.is_open,
        step=shorten(step.title[say.locale], NAME) if step else "",
        step_owner=step.owner.name if step and step.owner and is_other else "",
        due_on=step.due_on if step and is_due else None,
        today=page.today,
    )
    return "\n".join([*_standing(say, page), plan])


def _standing(say: Say, page: AlertPage) -> list[str]:
    alert = page.alert
    told = state_values(alert, page.zone)
    lines = []
    if alert.is_recovered:
        lines.append(say("alert", "recovered", since_on=alert.clear_since_on, today=page.today))
    if alert.state is EpisodeState.CLOSED:
        why = alert.ending_reason if alert.ending is Ending.FALSE_ALARM else ""
        reason = shorten(why or "", _TEXT)
        lines.append(
            say("alert", "closed", **{**told, "reason": reason}, ending=render_ending(say, alert))
        )
    elif alert.state is EpisodeState.CLAIMED and alert.claimed_by:
        who = {"name": alert.claimed_by.name, "at": alert.claimed_at}
        lines.append(say("alert", "claimed", **{**told, **who}))
    elif alert.state in (EpisodeState.WAITING, EpisodeState.SNOOZED):
        lines.append(say("alert", alert.state.value, **told, today=page.today))
    if alert.hypothesis is not None:
        cause = named(say, "hypothesis", alert.hypothesis)
        lines.append(say("alert", "cause", cause=cause))
    return lines


def _as_of(say: Say, page: AlertPage) -> str:
    told = page.coverage
    return say(
        "alert",
        "as_of",
        run_at=page.run_at,
        zone=page.zone,
        today=page.today,
        used=told.used,
        asked=told.asked,
        too_old=list(told.too_old[:_LEFT_OUT]),
        missing=list(told.missing[:_LEFT_OUT]),
        missing_more=max(0, len(told.missing) - _LEFT_OUT),
        coverage=page.alert.row.standing.coverage,
    )


def _buttons(say: Say, page: AlertPage) -> list[Block]:
    alert, ref = page.alert, str(page.alert.id)
    account = str(alert.row.id)
    if not alert.is_open:
        entries = [
            (word(say, "why"), "alert_why", ref),
            (say("alert", "tasks"), "alert_tasks", ref),
        ]
        return actions([button(word(say, "card"), "card", account), overflow(entries)])
    return actions([*build_steps(say, alert, page.today, "primary"), _menu(say, alert)])


def _menu(say: Say, alert: AlertRow) -> Element:
    ref = str(alert.id)
    entries = [
        (word(say, "why"), "alert_why", ref),
        (say("alert", "tasks"), "alert_tasks", ref),
        (say("alert", "snooze"), "alert_snooze", ref),
        (say("alert", "hand"), "alert_hand", ref),
        (say("alert", "false_alarm"), "alert_false", ref),
    ]
    # What sleeps or waits is not put to sleep.
    can_snooze = alert.state in (EpisodeState.OPEN, EpisodeState.CLAIMED)
    return overflow([each for each in entries if can_snooze or each[1] != "alert_snooze"])

"""The card's next step, open alerts, and what the team remembers of the account."""

from datetime import date

from bot.core.card_work import CardWork, Deed
from bot.core.say import Say
from bot.core.vocabulary import EpisodeState
from bot.views.alert_parts import render_headline
from bot.views.blocks import Element, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Block
from bot.views.words import named

ALERTS = 3
_NAME, _TITLE, _NOTE = 40, 80, 160


def render_next(say: Say, work: CardWork, today: date) -> str:
    """The next step, the open alerts, and the cause somebody believes in; one line each."""
    lines = [_step(say, work, today), *_alerts(say, work, today), *_believed(say, work, today)]
    return "\n".join(lines)


def list_alert_ways(say: Say, work: CardWork) -> list[Element]:
    """To claim what nobody acts on, else to look at it; for the alert most at risk."""
    if not work.alerts:
        return []
    ref = str(work.alerts[0].id)
    if work.alerts[0].state is EpisodeState.OPEN and not work.alerts[0].is_watch:
        return [button(say("alert", "claim"), "alert_claim", ref)]
    return [button(say("alert", "open"), "alert", ref)]


def build_memory(say: Say, work: CardWork, today: date, *, has_second: bool) -> list[Block]:
    """What was done last and by whom, so that others can take over; a warning where one knows."""
    lines = [_deed(say, each, today) for each in work.deeds]
    if work.known_by == 1 and not has_second:
        lines.append(say("card_work", "one_knows"))
    if not lines:
        return []
    return [section("\n".join([say("card_work", "memory"), *lines]))]


def _step(say: Say, work: CardWork, today: date) -> str:
    if not work.tasks:
        return say("card_work", "no_step")
    task = work.tasks[0]
    waits = task.waiting_until_on
    return say(
        "card_work",
        "step",
        title=shorten(task.named(say.locale), _TITLE),
        due_on=task.due_on,
        late=(today - task.due_on).days if task.is_overdue(today) else 0,
        until_on=waits,
        owner=shorten(task.owner.name, _NAME) if task.owner else "",
        more=len(work.tasks) - 1,
        today=today,
    )


def _alerts(say: Say, work: CardWork, today: date) -> list[str]:
    lines = [
        say(
            "card_work",
            "alert",
            headline=render_headline(say, each),
            is_watch=each.is_watch,
            state=named(say, "episode", each.state),
            since_on=each.opened_on,
            until_on=each.waiting_until_on or each.snoozed_until_on,
            clear_on=each.clear_since_on if each.is_recovered else None,
            owner=shorten(each.owner.name, _NAME) if each.owner else "",
            today=today,
        )
        for each in work.alerts[:ALERTS]
    ]
    left = len(work.alerts) - len(lines)
    return [*lines, *([say("words", "and_more", count=left)] if left else [])]


def _believed(say: Say, work: CardWork, today: date) -> list[str]:
    found = work.believed
    if found is None:
        return []
    return [
        say(
            "card_work",
            "believed",
            cause=named(say, "hypothesis", found.hypothesis),
            on=found.on,
            by=shorten(found.by.name, _NAME) if found.by else "",
            today=today,
        )
    ]


def _deed(say: Say, deed: Deed, today: date) -> str:
    return say(
        "card_work",
        "deed",
        on=deed.on,
        by=shorten(deed.by.name, _NAME) if deed.by else "",
        kind=named(say, "kind", deed.kind),
        mover=named(say, "mover", deed.mover),
        told=shorten(deed.told, _NOTE),
        impression=shorten(deed.impression, _NOTE),
        today=today,
    )

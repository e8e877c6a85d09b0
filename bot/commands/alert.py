"""The buttons of an alert that need no form: see it, claim it, name the cause, reach out.

Whoever presses is answered privately; the one message of the alert is kept as it stands.
"""

from collections.abc import Callable

from bot.alert_message import refresh
from bot.ask import Ask
from bot.core.alert_page import AlertPage
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.say import Say
from bot.core.vocabulary import Hypothesis
from bot.registry import CS_TEAM, button
from bot.services.alerts import read_alert
from bot.services.episodes import claim, set_hypothesis, start_waiting
from bot.store.tasks import list_of_episode
from bot.store.unit import Unit
from bot.views.alert import build_alert
from bot.views.alert_told import (
    build_alert_tasks,
    build_cause_kept,
    build_claimed,
    build_reasons,
    build_waits,
)
from bot.views.reply import Message, Private, Reply

Deed = Callable[[Unit, int], object]
Telling = Callable[[Say, AlertPage], Message]


@button("alert", roles=CS_TEAM)
def alert(ask: Ask) -> Reply:
    """The alert as it stands, for the one who asks."""
    return Private(build_alert(ask.say, read_page(ask, pressed_episode(ask))))


@button("alert_why", roles=CS_TEAM)
def alert_why(ask: Ask) -> Reply:
    """Everything that was seen."""
    return Private(build_reasons(ask.say, read_page(ask, pressed_episode(ask))))


@button("alert_tasks", roles=CS_TEAM)
def alert_tasks(ask: Ask) -> Reply:
    """What is to be done for it, and what was."""
    episode_id = pressed_episode(ask)
    with ask.reading() as unit:
        tasks = list_of_episode(unit, episode_id, ask.today)
    return Private(build_alert_tasks(ask.say, read_page(ask, episode_id), tasks))


@button("alert_claim", roles=CS_TEAM)
def alert_claim(ask: Ask) -> Reply:
    """The person acts on it."""
    return act(ask, lambda unit, ref: claim(unit, ref, ask.person), build_claimed)


@button("alert_cause", roles=CS_TEAM)
def alert_cause(ask: Ask) -> Reply:
    """The cause they believe in."""
    said = ask.value.partition(":")[2]
    if said not in set(Hypothesis):
        raise Refusal("no_such_action")
    cause = Hypothesis(said)
    return act(
        ask, lambda unit, ref: set_hypothesis(unit, ref, cause, ask.person), build_cause_kept
    )


@button("alert_wait", roles=CS_TEAM)
def alert_wait(ask: Ask) -> Reply:
    """They have reached out: claimed, logged and waiting, in one click."""
    return act(ask, lambda unit, ref: start_waiting(unit, ref, ask.person, ask.today), build_waits)


def act(ask: Ask, deed: Deed, telling: Telling) -> Reply:
    """Do it to the alert of the button, keep its message, and tell the person."""
    episode_id = pressed_episode(ask)
    do_once(ask, episode_id, deed)
    refresh(ask, episode_id)
    return Private(telling(ask.say, read_page(ask, episode_id)))


def do_once(ask: Ask, episode_id: int, deed: Deed) -> None:
    """Do it; who comes second is refused, and a message that was left behind is brought up."""
    try:
        with ask.writing() as unit:
            deed(unit, episode_id)
    except AlreadyDone:
        refresh(ask, episode_id)
        raise


def read_page(ask: Ask, episode_id: int) -> AlertPage:
    """The alert for the person who asks."""
    with ask.reading() as unit:
        return read_alert(unit, episode_id, ask.today, ask.person.zone, ask.say.locale)


def pressed_episode(ask: Ask) -> int:
    """The alert a button's value names."""
    said = ask.value.partition(":")[0]
    if not said.isdigit():
        raise Refusal("no_such_alert")
    return int(said)

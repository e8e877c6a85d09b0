"""The buttons of an alert that ask something first: snooze, false alarm, hand over."""

from datetime import date

from bot.alert_message import refresh, tell
from bot.ask import Ask
from bot.commands.alert import do_once, pressed_episode, read_page
from bot.core.due_days import FURTHEST
from bot.core.vocabulary import Role
from bot.registry import CS_TEAM, button, form
from bot.services.alert_routes import find_place
from bot.services.episodes import hand_over, mark_false_alarm, snooze
from bot.services.people import find_member
from bot.store.tables import Member
from bot.views.alert_forms import (
    EPISODE,
    FALSE_ALARM,
    FROM,
    HAND,
    PERSON,
    REASON,
    SNOOZE,
    UNTIL_ON,
    build_false_form,
    build_hand_form,
    build_snooze_form,
)
from bot.views.alert_log import handed_over
from bot.views.alert_told import build_closed, build_handed, build_snoozed
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply

# A week is what people mean most often by "later".
_PROPOSED_BUSINESS_DAYS = 5


@button(SNOOZE, roles=CS_TEAM, opens_form=True)
def ask_until(ask: Ask) -> Reply:
    """Until when."""
    proposed_on = ask.person.calendar.add_business_days(ask.today, _PROPOSED_BUSINESS_DAYS)
    return OpenForm(build_snooze_form(ask.say, read_page(ask, pressed_episode(ask)), proposed_on))


@form(SNOOZE, roles=CS_TEAM)
def keep_snooze(ask: Ask) -> Reply:
    """Asleep until the day, or the business day after it."""
    until_on, why = _day(ask), _reason(ask)
    errors = _judge(ask, until_on, why)
    if until_on is None or errors:
        return FormErrors(errors)
    settled_on = ask.person.calendar.next_business_day(until_on)
    episode_id = int(ask.carried[EPISODE])
    do_once(
        ask, episode_id, lambda unit, ref: snooze(unit, ref, settled_on, why, ask.person, ask.today)
    )
    refresh(ask, episode_id)
    page = read_page(ask, episode_id)
    return CloseForm(build_snoozed(ask.say, page, was_moved=settled_on != until_on))


@button(FALSE_ALARM, roles=CS_TEAM, opens_form=True)
def ask_why_false(ask: Ask) -> Reply:
    """Why it was none."""
    return OpenForm(build_false_form(ask.say, read_page(ask, pressed_episode(ask))))


@form(FALSE_ALARM, roles=CS_TEAM)
def keep_false_alarm(ask: Ask) -> Reply:
    """Closed, with the reason."""
    why = _reason(ask)
    if not why:
        return FormErrors({REASON: ask.say("alert_told", "needed_reason")})
    episode_id = int(ask.carried[EPISODE])
    do_once(
        ask,
        episode_id,
        lambda unit, ref: mark_false_alarm(unit, ref, why, ask.person, ask.today),
    )
    refresh(ask, episode_id)
    return CloseForm(build_closed(ask.say, read_page(ask, episode_id)))


@button(HAND, roles=CS_TEAM, opens_form=True)
def ask_whom(ask: Ask) -> Reply:
    """To whom."""
    return OpenForm(build_hand_form(ask.say, read_page(ask, pressed_episode(ask))))


@form(HAND, roles=CS_TEAM)
def keep_hand_over(ask: Ask) -> Reply:
    """Another member has it; where they read elsewhere, they get the message there."""
    user = ask.fields[PERSON].value if PERSON in ask.fields else None
    if not user:
        return FormErrors({PERSON: ask.say("alert_told", "needed_person")})
    with ask.reading() as unit:
        to = find_member(unit, user)
    if to is None or not CS_TEAM & {Role(each) for each in to.roles}:
        return FormErrors({PERSON: ask.say("alert_told", "wrong_person")})
    if str(to.id) == ask.carried[FROM]:
        return FormErrors({PERSON: ask.say("alert_told", "same_person", name=to.name)})
    return _hand_to(ask, int(ask.carried[EPISODE]), to)


def _hand_to(ask: Ask, episode_id: int, to: Member) -> Reply:
    was = int(ask.carried[FROM]) if ask.carried[FROM] else None
    do_once(ask, episode_id, lambda unit, ref: hand_over(unit, ref, to.id, ask.person, was))
    tell(ask, episode_id, find_place(to), handed_over(ask.person.name, to.name, ask.at))
    return CloseForm(build_handed(ask.say, read_page(ask, episode_id)))


def _judge(ask: Ask, until_on: date | None, why: str) -> dict[str, str]:
    errors = {} if why else {REASON: ask.say("alert_told", "needed_reason")}
    latest = ask.today + FURTHEST
    if until_on is None:
        errors[UNTIL_ON] = ask.say("alert_told", "needed_until_on")
    elif until_on <= ask.today:
        errors[UNTIL_ON] = ask.say("alert_told", "wrong_until_on", today=ask.today)
    elif until_on > latest:
        errors[UNTIL_ON] = ask.say("alert_told", "far_until_on", latest=latest)
    return errors


def _day(ask: Ask) -> date | None:
    said = ask.fields[UNTIL_ON].value if UNTIL_ON in ask.fields else None
    return date.fromisoformat(said) if said else None


def _reason(ask: Ask) -> str:
    return (ask.fields[REASON].value or "").strip() if REASON in ask.fields else ""

"""Scores by hand: one tap where nothing is measured, a form with a reason where something is."""

from bot.ask import Ask
from bot.commands.lookup import pressed_account
from bot.core.hand_score import Measured
from bot.core.refusal import BadInput
from bot.core.vocabulary import Band
from bot.registry import CS_TEAM, button, form
from bot.services.manual_score import end_score, give_score, needs_reason
from bot.store.cards import get_standing
from bot.views.hand_scores import END, build_ended
from bot.views.reply import CloseForm, FormErrors, Message, OpenForm, Private, Reply
from bot.views.score_form import (
    BAND,
    FORM,
    REASON,
    build_reason_wanted,
    build_recorded,
    build_score_form,
)


@button("score_now", roles=CS_TEAM)
def score_now(ask: Ask) -> Reply:
    """One of the three buttons; a measured score is not covered without a reason."""
    account_id, band = pressed_account(ask), Band(ask.value.partition(":")[2])
    with ask.reading() as unit:
        name, _ = get_standing(unit, account_id, ask.today)
        is_measured = needs_reason(unit, account_id, ask.today)
    if is_measured:
        return Private(build_reason_wanted(ask.say, account_id, name, band))
    return Private(_record(ask, account_id, band, ""))


@button("score", roles=CS_TEAM, opens_form=True)
def open_score(ask: Ask) -> Reply:
    """The form, with the band already chosen where the button named one."""
    account_id = pressed_account(ask)
    with ask.reading() as unit:
        name, standing = get_standing(unit, account_id, ask.today)
    chosen = ask.value.partition(":")[2] or None
    return OpenForm(build_score_form(ask.say, account_id, name, standing, chosen))


@form(FORM, roles=CS_TEAM)
def save_score(ask: Ask) -> Reply:
    """Record what the form says, or tell what is missing."""
    account_id = int(ask.carried["account"])
    chosen = ask.fields[BAND].value
    reason = (ask.fields[REASON].value or "").strip()
    if not chosen:
        return FormErrors({BAND: ask.say("score", "band_needed")})
    with ask.reading() as unit:
        is_measured = needs_reason(unit, account_id, ask.today)
    if is_measured and not reason:
        return FormErrors({REASON: ask.say("score", "reason_needed")})
    return CloseForm(_record(ask, account_id, Band(chosen), reason))


@button(END, roles=CS_TEAM)
def end(ask: Ask) -> Reply:
    """The score by hand leads no more."""
    account_id, score_id = pressed_account(ask), ask.value.partition(":")[2]
    if not score_id.isdigit():
        raise BadInput
    with ask.writing() as unit:
        end_score(unit, account_id, int(score_id), ask.person.member_id, ask.today)
    with ask.reading() as unit:
        name, standing = get_standing(unit, account_id, ask.today)
    return Private(build_ended(ask.say, name, Measured(standing.measured, standing.score)))


def _record(ask: Ask, account_id: int, band: Band, reason: str) -> Message:
    with ask.writing() as unit:
        given = give_score(unit, account_id, band, reason, ask.person.member_id, ask.today)
        expires_on = given.expires_on
        name, _ = get_standing(unit, account_id, ask.today)
    return build_recorded(ask.say, account_id, name, band, expires_on, has_reason=bool(reason))

"""A CSM's pulse: one tap on the card, a form with reasons, three accounts at once, taken back."""

from bot.ask import Ask
from bot.commands.lookup import pressed_account
from bot.core.refusal import BadInput
from bot.core.vocabulary import Feeling, PulseReason
from bot.registry import CS_TEAM, button, form
from bot.services.pulses import record_pulse, refuse_strangers, take_back
from bot.store.book import find_rows
from bot.store.cards import get_standing
from bot.store.pulses import find_pulse, list_pulses
from bot.views.pulse import (
    ACCOUNT,
    ACCOUNTS,
    BACK,
    FEELING,
    FORM,
    NOW,
    REASONS,
    ROUND,
    WORDS,
    build_pulse_form,
    build_recorded,
    build_round_form,
    build_round_recorded,
    build_taken_back,
)
from bot.views.reply import CloseForm, FormErrors, Message, OpenForm, Private, Reply


@button(NOW, roles=CS_TEAM)
def pulse_now(ask: Ask) -> Reply:
    """One of the three taps; reasons may follow."""
    account_id, feeling = pressed_account(ask), _read_feeling(ask.value.partition(":")[2])
    return Private(_record(ask, account_id, feeling, [], ""))


@button(FORM, roles=CS_TEAM, opens_form=True)
def open_pulse(ask: Ask) -> Reply:
    """The form; what the person recorded today is there to be corrected."""
    account_id = pressed_account(ask)
    with ask.reading() as unit:
        refuse_strangers(unit, account_id, ask.person)
        name, _ = get_standing(unit, account_id, ask.today)
        past = list_pulses(unit, account_id, ask.today)
    own = [
        each for each in past if (each.felt_on, each.member_id) == (ask.today, ask.person.member_id)
    ]
    chosen = next(iter(own), None)
    return OpenForm(build_pulse_form(ask.say, account_id, name, past, ask.today, chosen))


@form(FORM, roles=CS_TEAM)
def save_pulse(ask: Ask) -> Reply:
    """Record what the form says, or tell what is missing."""
    account_id, chosen = int(ask.carried[ACCOUNT]), ask.fields[FEELING].value
    if not chosen:
        return FormErrors({FEELING: ask.say("pulse", "feeling_needed")})
    said = ask.fields[REASONS].values or []
    reasons = [each for each in PulseReason if each in said]
    words = ask.fields[WORDS].value or ""
    return CloseForm(_record(ask, account_id, _read_feeling(chosen), reasons, words))


@button(ROUND, roles=CS_TEAM, opens_form=True)
def open_round(ask: Ask) -> Reply:
    """The accounts the digest asked about, less those that have been answered since."""
    ids = [int(each) for each in ask.value.split(",") if each.isdigit()]
    with ask.reading() as unit:
        rows = find_rows(unit, ids, ask.today)
        past = {each: find_pulse(unit, each, ask.today) for each in rows}
    wanting = [
        rows[key]
        for key in ids
        if key in rows and ((last := past[key]) is None or last.is_stale(ask.today))
    ]
    return OpenForm(build_round_form(ask.say, wanting))


@form(ROUND, roles=CS_TEAM)
def save_round(ask: Ask) -> Reply:
    """All that were chosen, at once."""
    ids = [int(each) for each in ask.carried[ACCOUNTS].split(",") if each]
    said = {key: ask.fields[f"{FEELING}_{key}"].value for key in ids}
    chosen = {key: _read_feeling(value) for key, value in said.items() if value}
    if not chosen:
        return CloseForm()
    with ask.writing() as unit:
        for account_id, feeling in sorted(chosen.items()):
            record_pulse(unit, account_id, feeling, [], "", by=ask.person, today=ask.today)
    return CloseForm(build_round_recorded(ask.say, len(chosen)))


@button(BACK, roles=CS_TEAM)
def pulse_back(ask: Ask) -> Reply:
    """It was a slip, or is no longer so."""
    account_id, pulse_id = pressed_account(ask), ask.value.partition(":")[2]
    if not pulse_id.isdigit():
        raise BadInput
    with ask.writing() as unit:
        take_back(unit, account_id, int(pulse_id), by=ask.person, today=ask.today)
    with ask.reading() as unit:
        name, _ = get_standing(unit, account_id, ask.today)
        before = find_pulse(unit, account_id, ask.today)
    return Private(build_taken_back(ask.say, name, before, ask.today))


def _record(
    ask: Ask, account_id: int, feeling: Feeling, reasons: list[PulseReason], words: str
) -> Message:
    with ask.writing() as unit:
        record_pulse(unit, account_id, feeling, reasons, words, by=ask.person, today=ask.today)
    with ask.reading() as unit:
        name, _ = get_standing(unit, account_id, ask.today)
        pulse = find_pulse(unit, account_id, ask.today)
    assert pulse is not None
    return build_recorded(ask.say, name, pulse)


def _read_feeling(said: str) -> Feeling:
    if said not in set(Feeling):
        raise BadInput
    return Feeling(said)

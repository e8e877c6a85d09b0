"""`/touch ACCOUNT` records a contact in one tap, `/touch` alone opens the form."""

from dataclasses import replace
from datetime import date

from bot.ask import Ask
from bot.commands.lookup import get_account_id, pressed_account
from bot.core.contact import Contact
from bot.core.vocabulary import Mover, SpeakerRole, TouchKind
from bot.registry import CS_TEAM, button, command, form
from bot.services.touches import change_touch, get_touch, read_contact, record_touch
from bot.store.accounts import get_names
from bot.store.cards import get_standing
from bot.store.unit import Unit
from bot.views.reply import CloseForm, FormErrors, OpenForm, Private, Reply
from bot.views.touch import (
    ACCOUNT,
    FORM,
    KIND,
    MOVER,
    NEXT_ON,
    NOTE,
    ROLE,
    TOUCHED_ON,
    KeptTouch,
    build_touch_change,
    build_touch_choice,
    build_touch_form,
    build_touch_kept,
)


@command("touch", roles=CS_TEAM, slash="/touch", opens_form=True, answers_text=True)
def touch(ask: Ask) -> Reply:
    """The taps for the account named, or the form where none is."""
    if not ask.text.strip():
        return OpenForm(build_touch_form(ask.say, ask.today))
    with ask.reading() as unit:
        account_id = get_account_id(unit, ask.text.strip())
    return _offer(ask, account_id)


@button("touch", roles=CS_TEAM)
def touch_of(ask: Ask) -> Reply:
    """The taps for the account of a card or a row."""
    return _offer(ask, pressed_account(ask))


@button("touch_form", roles=CS_TEAM, opens_form=True)
def open_touch(ask: Ask) -> Reply:
    """The form for the account of the message."""
    account_id = pressed_account(ask)
    account = (_name_of(ask, account_id), str(account_id))
    return OpenForm(build_touch_form(ask.say, ask.today, account))


@button("touch_now", roles=CS_TEAM)
def touch_now(ask: Ask) -> Reply:
    """One tap: this kind, today, and we moved first."""
    account_id, kind = pressed_account(ask), TouchKind(ask.value.partition(":")[2])
    with ask.writing() as unit:
        by = ask.person.member_id
        made = record_touch(unit, account_id, Contact(ask.today, kind), by, ask.today)
    return Private(build_touch_kept(ask.say, _read_kept(ask, made.id), ask.today))


@button("touch_change", roles=CS_TEAM, opens_form=True)
def open_change(ask: Ask) -> Reply:
    """The form of a touch on record, for its next date or anything else."""
    kept = _read_kept(ask, int(ask.value.partition(":")[2]))
    return OpenForm(build_touch_change(ask.say, kept))


@button("touch_mover", roles=CS_TEAM)
def turn_mover(ask: Ask) -> Reply:
    """It was the other side that moved first; the message says so in its place."""
    _, touch_id, mover = ask.value.split(":")
    with ask.writing() as unit:
        known = read_contact(get_touch(unit, int(touch_id)))
        turned = replace(known, initiated_by=Mover(mover))
        change_touch(unit, int(touch_id), turned, ask.person.member_id, ask.today)
    kept = _read_kept(ask, int(touch_id))
    return Private(build_touch_kept(ask.say, kept, ask.today), replaces=True)


@form(FORM, roles=CS_TEAM)
def save_touch(ask: Ask) -> Reply:
    """Record or change what the form says, or tell at each field what is wrong with it."""
    known = ask.carried.get("touch")
    kept = _read_kept(ask, int(known)) if known else None
    errors = _judge(ask, kept)
    if errors:
        return FormErrors(errors)
    touch_id = _write(ask, _read_form(ask), kept)
    return CloseForm(build_touch_kept(ask.say, _read_kept(ask, touch_id), ask.today))


def _offer(ask: Ask, account_id: int) -> Reply:
    return Private(build_touch_choice(ask.say, account_id, _name_of(ask, account_id)))


def _name_of(ask: Ask, account_id: int) -> str:
    with ask.reading() as unit:
        return get_names(unit).names[account_id]


def _write(ask: Ask, contact: Contact, kept: KeptTouch | None) -> int:
    by = ask.person.member_id
    with ask.writing() as unit:
        if kept is not None:
            return change_touch(unit, kept.id, contact, by, ask.today).id
        account_id = _chosen_account(ask, unit)
        return record_touch(unit, account_id, contact, by, ask.today).id


def _chosen_account(ask: Ask, unit: Unit) -> int:
    chosen = ask.carried.get(ACCOUNT) or ask.fields[ACCOUNT].value
    return get_account_id(unit, f"id:{chosen}")


def _read_kept(ask: Ask, touch_id: int) -> KeptTouch:
    with ask.reading() as unit:
        found = get_touch(unit, touch_id)
        name = get_standing(unit, found.account_id, ask.today)[0]
        contact = read_contact(found)
    return KeptTouch(touch_id, found.account_id, name, contact, _works_again(ask, contact.next_on))


def _works_again(ask: Ask, on: date | None) -> date | None:
    """The business day after a day off; None for a day that is worked."""
    calendar = ask.person.calendar
    return None if on is None or calendar.is_business_day(on) else calendar.next_business_day(on)


def _judge(ask: Ask, kept: KeptTouch | None) -> dict[str, str]:
    """A sentence by field; a next date that stood there before may have passed meanwhile."""
    said = {name: answer.value for name, answer in ask.fields.items()}
    needed = [KIND, MOVER, TOUCHED_ON]
    if kept is None and ACCOUNT not in ask.carried:
        needed.append(ACCOUNT)
    errors = {name: ask.say("touch", f"needed_{name}") for name in needed if not said.get(name)}
    touched_on, next_on = _day(said.get(TOUCHED_ON)), _day(said.get(NEXT_ON))
    if touched_on and touched_on > ask.today:
        errors[TOUCHED_ON] = ask.say("touch", "wrong_touched_on", today=ask.today)
    before = kept.contact.next_on if kept else None
    if next_on and next_on <= ask.today and next_on != before:
        errors[NEXT_ON] = ask.say("touch", "wrong_next_on", today=ask.today)
    return errors


def _read_form(ask: Ask) -> Contact:
    said = {name: answer.value or "" for name, answer in ask.fields.items()}
    return Contact(
        touched_on=date.fromisoformat(said[TOUCHED_ON]),
        kind=TouchKind(said[KIND]),
        initiated_by=Mover(said[MOVER]),
        with_role=SpeakerRole(said[ROLE]) if said.get(ROLE) else None,
        note=said.get(NOTE, "").strip(),
        next_on=_day(said.get(NEXT_ON)),
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None

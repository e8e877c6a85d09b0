"""Recording a touch: one tap for the common ones, the form, and what is said once it is kept."""

from dataclasses import dataclass
from datetime import date

from bot.core.contact import Contact
from bot.core.say import Say
from bot.core.vocabulary import Mover, SpeakerRole, TouchKind
from bot.views.blocks import Element, actions, section
from bot.views.elements import (
    Choice,
    account_select,
    button,
    date_picker,
    radio,
    select,
    text_input,
)
from bot.views.limits import shorten
from bot.views.reply import Block, Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import named, option, word

FORM = "touch"
ACCOUNT, KIND, MOVER, ROLE = "account", "kind", "mover", "role"
NOTE, TOUCHED_ON, NEXT_ON = "note", "touched_on", "next_on"
# Slack counts a field's text escaped, and an ampersand as five: 3,000 at most.
LONGEST_NOTE = 600
ONE_TAP = (TouchKind.REACHED_OUT, TouchKind.MEETING, TouchKind.CALL, TouchKind.EMAIL)
_NAME, _QUOTE = 80, 200


@dataclass(frozen=True)
class KeptTouch:
    """A touch on record; `works_again_on` is the business day after a next date that is a day off,
    None where it is worked or not set."""

    id: int
    account_id: int
    name: str
    contact: Contact
    works_again_on: date | None = None


def build_touch_choice(say: Say, account_id: int, name: str) -> Message:
    """One tap for each of the common ones, and the way to the form."""
    told = say("touch", "choose", name=shorten(name, _NAME))
    taps = [
        button(say("touch", f"tap_{kind}"), "touch_now", f"{account_id}:{kind}", number=number)
        for number, kind in enumerate(ONE_TAP, start=1)
    ]
    more = button(say("touch", "more"), "touch_form", str(account_id))
    return message(told, [section(told), *actions([*taps, more])])


def build_touch_form(say: Say, today: date, account: Choice | None = None) -> View:
    """A new touch; without an account it is chosen by typing."""
    blocks = [] if account else [_which_account(say)]
    name, account_id = account or ("", "")
    carried = {ACCOUNT: account_id} if account_id else {}
    blank = Contact(today, TouchKind.OTHER)
    return _form(say, name, carried, [*blocks, *_questions(say, blank, chosen=None)])


def build_touch_change(say: Say, kept: KeptTouch) -> View:
    """The form with everything as it is on record."""
    carried = {"touch": str(kept.id)}
    blocks = _questions(say, kept.contact, chosen=kept.contact.kind)
    return _form(say, kept.name, carried, blocks)


def build_touch_kept(say: Say, kept: KeptTouch, today: date) -> Message:
    """What is on record, and the ways to set the next date and to say who moved first."""
    told = _told(say, kept, today)
    return message(told, [section(told), *_ways_on(say, kept)])


def _told(say: Say, kept: KeptTouch, today: date) -> str:
    contact = kept.contact
    return say(
        "touch",
        "kept",
        name=shorten(kept.name, _NAME),
        kind=named(say, "kind", contact.kind),
        by=named(say, "by", contact.initiated_by),
        mover=named(say, "mover", contact.initiated_by),
        role=named(say, "role", contact.with_role),
        note=shorten(contact.note, _QUOTE),
        touched_on=contact.touched_on,
        next_on=contact.next_on,
        works_again_on=kept.works_again_on,
        today=today,
    )


def _ways_on(say: Say, kept: KeptTouch) -> list[Block]:
    ref = f"{kept.account_id}:{kept.id}"
    other = Mover.THEM if kept.contact.initiated_by is Mover.US else Mover.US
    way = "next" if kept.contact.next_on is None else "change"
    return actions(
        [
            button(say("touch", way), "touch_change", ref, style="primary"),
            button(say("touch", f"turn_{other}"), "touch_mover", f"{ref}:{other}"),
            button(word(say, "card"), "card", str(kept.account_id)),
        ]
    )


def _form(say: Say, name: str, carried: dict[str, str], blocks: list[Block]) -> View:
    about = [section(say("touch", "form_about", name=shorten(name, _NAME)))] if name else []
    return form(
        FORM,
        title=say("touch", "form_title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        carried=carried,
        blocks=[*about, *blocks],
    )


def _which_account(say: Say) -> Block:
    picker = account_select(ACCOUNT, say("touch", "placeholder_account"))
    return question(ACCOUNT, say("touch", "label_account"), picker)


def _questions(say: Say, contact: Contact, *, chosen: TouchKind | None) -> list[Block]:
    kinds = [(option(say, "kind", each), each.value) for each in TouchKind]
    movers = [(say("touch", f"mover_{each}"), each.value) for each in Mover]
    note = text_input(NOTE, value=contact.note, multiline=True, most=LONGEST_NOTE)
    kind = radio(kinds, KIND, chosen.value if chosen else None)
    mover = radio(movers, MOVER, contact.initiated_by.value)
    touched_on = _picker(say, TOUCHED_ON, contact.touched_on)
    next_day = _picker(say, NEXT_ON, contact.next_on)
    return [
        question(KIND, say("touch", "label_kind"), kind),
        question(MOVER, say("touch", "label_mover"), mover),
        question(TOUCHED_ON, say("touch", "label_touched_on"), touched_on),
        question(ROLE, say("touch", "label_role"), _roles(say, contact.with_role), optional=True),
        question(NOTE, say("touch", "label_note"), note, optional=True),
        question(NEXT_ON, say("touch", "label_next_on"), next_day, optional=True),
    ]


def _picker(say: Say, name: str, on: date | None) -> Element:
    return date_picker(name, say("touch", "placeholder_date"), on)


def _roles(say: Say, chosen: SpeakerRole | None) -> Element:
    roles = [(option(say, "role", each), each.value) for each in SpeakerRole]
    return select(roles, ROLE, say("touch", "placeholder_role"), chosen.value if chosen else None)

"""From the weekly summary: a draft of a playbook out of what people did again and again."""

from bot.ask import Ask
from bot.core.refusal import Refusal
from bot.core.vocabulary import Locale
from bot.people import build_person
from bot.registry import LEADERS, button, form
from bot.services.playbook_drafts import discard_new, find_draft
from bot.services.practice_drafts import (
    Wish,
    draft_practice,
    find_checker,
    find_title,
    list_signs,
)
from bot.store import outbox
from bot.store.members import get_member
from bot.store.unit import Unit
from bot.views.practice_draft import (
    DAYS,
    DISCARD,
    FORM,
    HYPOTHESIS,
    NAME,
    SIGN,
    build_dropped,
    build_made,
    build_new_draft,
    build_practice_form,
)
from bot.views.reply import CloseForm, FormErrors, Message, OpenForm, Private, Reply


@button(FORM, roles=LEADERS, opens_form=True)
def ask_practice(ask: Ask) -> Reply:
    """What only people know of it: the sign it begins with, and what it should bring."""
    task_id = int(ask.value)
    with ask.reading() as unit:
        title, signs = find_title(unit, task_id), list_signs(unit)
    return OpenForm(build_practice_form(ask.say, task_id, title, signs))


@form(FORM, roles=LEADERS)
def keep_practice(ask: Ask) -> Reply:
    """The draft, told to whoever checks it; nothing is in use yet."""
    said = {name: (ask.fields[name].value or "").strip() for name in (NAME, SIGN, DAYS, HYPOTHESIS)}
    if missing := [name for name, value in said.items() if not value]:
        return FormErrors({name: ask.say("practice", "needed") for name in missing})
    wish = Wish(said[NAME], said[SIGN], int(said[DAYS]), said[HYPOTHESIS])
    done = {each.value: ask.ports.voices[each]("words", "result_done") for each in Locale}
    with ask.writing() as unit:
        maker = get_member(unit, ask.person.member_id)
        key = draft_practice(unit, int(ask.carried["task"]), wish, done, maker)
        # With the draft: one that nobody was told of would lie.
        shown = _tell(unit, ask, key)
    return CloseForm(shown)


@button(DISCARD, roles=LEADERS)
def drop_practice(ask: Ask) -> Reply:
    """Take the draft back; the same tasks may be made a draft of again."""
    key, _, number = ask.value.partition(":")
    with ask.writing() as unit:
        name = discard_new(unit, key, int(number), str(ask.person.member_id))
    return Private(build_dropped(ask.say, name[ask.say.locale]), replaces=True)


def _tell(unit: Unit, ask: Ask, key: str) -> Message:
    draft, checker = find_draft(unit, key), find_checker(unit, ask.person.member_id)
    reader = build_person(checker, unit.workspace) if checker else None
    if draft is None:
        raise Refusal("no_such_draft")
    if reader is None:
        return build_made(ask.say, draft, "")
    shown = build_new_draft(ask.ports.voices[reader.locale], draft, ask.person.name)
    outbox.put(
        unit,
        key=f"playbook_draft:{key}:{draft.version}:{ask.at.isoformat()}",
        audience=reader.slack_user,
        text=shown.text,
        blocks=shown.blocks,
    )
    return build_made(ask.say, draft, reader.name)

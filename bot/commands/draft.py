"""The draft that a decision made: its limits in a form, and putting it into use."""

from bot.ask import Ask
from bot.core.playbook_draft import Draft
from bot.core.refusal import Refusal
from bot.registry import LEADERS, button, form
from bot.services.playbook_drafts import find_draft, use_draft
from bot.views.playbook_draft import FORM, build_draft_form, build_draft_used
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply


@button(FORM, roles=LEADERS, opens_form=True)
def open_draft(ask: Ask) -> Reply:
    """The form with the draft's limits."""
    return OpenForm(build_draft_form(ask.say, _get(ask, ask.value)))


@form(FORM, roles=LEADERS)
def save_draft(ask: Ask) -> Reply:
    """Put the draft into use with what the form says; from the next night on it opens alerts."""
    draft = _get(ask, ask.carried["playbook"])
    read = {each: each.read(ask.fields[each.field].value or "") for each in draft.limits}
    errors = {
        each.field: ask.say("draft", "no_share" if each.is_share else "no_number")
        for each, value in read.items()
        if value is None
    }
    if errors:
        return FormErrors(errors)
    limits = {(each.signal, each.name): value for each, value in read.items() if value is not None}
    number, actor = int(ask.carried["version"]), str(ask.person.member_id)
    with ask.writing() as unit:
        use_draft(unit, draft.key, number, limits, actor)
    return CloseForm(build_draft_used(ask.say, draft))


def _get(ask: Ask, key: str) -> Draft:
    with ask.reading() as unit:
        found = find_draft(unit, key)
    if found is None:
        raise Refusal("no_such_draft")
    return found

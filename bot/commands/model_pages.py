"""The pages of the health model, read anew whenever they are shown. Declares no deed."""

from bot.ask import Ask
from bot.core.model_page import Draft, Variant
from bot.core.refusal import Refusal
from bot.core.vocabulary import Role
from bot.services.health_models import ensure_active
from bot.services.models.edits import Edit
from bot.services.models.pages import find_page_of_draft, read_page
from bot.views.model import build_draft, build_model
from bot.views.model_forms import NOTE
from bot.views.reply import Message


def show_model(ask: Ask) -> Message:
    """What is in use, and whether somebody works on the next."""
    ensure_active(ask.store, ask.workspace_id)
    with ask.reading() as unit:
        page = read_page(unit, ask.person)
    return build_model(ask.say, page)


def show_draft(ask: Ask, told: str = "") -> Message:
    """The draft as it is now; `told` stands above it."""
    draft = get_draft(ask)
    may_edit = ask.person.has(Role.OPS)
    return build_draft(ask.say, draft, ask.person.zone, may_edit=may_edit, told=told)


def get_draft(ask: Ask) -> Draft:
    """The draft, whichever revision it has come to."""
    with ask.reading() as unit:
        draft = find_page_of_draft(unit, ask.person)
    if draft is None:
        raise Refusal("no_such_model_draft")
    return draft


def get_variant(draft: Draft, name: str) -> Variant:
    """The draft's variant of that name."""
    found = next((each for each in draft.model.variants if each.name == name), None)
    if found is None:
        raise Refusal("no_such_model_draft")
    return found


def seen(value: str) -> tuple[int, int]:
    """Version and revision that a button or a form was shown with."""
    version, revision, *_ = value.split(":")
    return int(version), int(revision)


def edit_of(ask: Ask) -> Edit:
    """Who changes what they saw, and why."""
    version, revision = seen(ask.carried["draft"])
    note = ask.fields[NOTE].value or "" if NOTE in ask.fields else None
    return Edit(version, revision, ask.person.slack_user, note)

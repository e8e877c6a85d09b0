"""`/sakidori model`: what is in use and since when, and the draft of the next version."""

from bot.ask import Ask
from bot.commands.model_pages import seen, show_draft, show_model
from bot.registry import LEADERS, OPS, button, command, form
from bot.services.health_models import ensure_active
from bot.services.models.drafts import discard_draft
from bot.services.models.edits import list_beginnings, start_from
from bot.views.model import DISCARD, OPEN, PAGE, START
from bot.views.model_forms import BASE, NOTE, build_start_form
from bot.views.model_told import build_line
from bot.views.reply import CloseForm, OpenForm, Private, Reply


@button(PAGE, roles=LEADERS)
@command(PAGE, roles=LEADERS)
def show_by_word(ask: Ask) -> Reply:
    """The version in use with every measure, and its history."""
    return Private(show_model(ask))


@button(OPEN, roles=LEADERS)
def open_draft(ask: Ask) -> Reply:
    """The draft whole, with what it changes and what is next."""
    return Private(show_draft(ask))


@button(START, roles=OPS, opens_form=True)
def open_start(ask: Ask) -> Reply:
    """What to begin with."""
    active = ensure_active(ask.store, ask.workspace_id)
    return OpenForm(build_start_form(ask.say, active.number, list_beginnings()))


@form(START, roles=OPS)
def start(ask: Ask) -> Reply:
    """A draft; one at a time."""
    base, note = ask.fields[BASE].value, ask.fields[NOTE].value or ""
    with ask.writing() as unit:
        number = start_from(unit, base, ask.person.slack_user, note)
    return CloseForm(show_draft(ask, ask.say("model", "started", number=number)))


@button(DISCARD, roles=OPS)
def discard(ask: Ask) -> Reply:
    """Give the draft up."""
    version, revision = seen(ask.value)
    with ask.writing() as unit:
        discard_draft(unit, version, revision, ask.person.slack_user)
    return Private(build_line(ask.say, "discarded", number=version), replaces=True)

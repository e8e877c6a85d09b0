"""`/sakidori validity`: which measures went with leaving, the guard, the forecast, proposals."""

from bot.ask import Ask
from bot.commands.model_pages import show_draft
from bot.core.hours import local_day
from bot.core.refusal import Refusal
from bot.core.vocabulary import Role
from bot.registry import OPS, button, command
from bot.services.models.approval import APPROVERS
from bot.services.validity.pages import find_page, read_risks
from bot.services.validity.proposals import draft_proposal
from bot.services.validity.starting import begin_look
from bot.store.validity import find_by_id
from bot.views.reply import Message, Private, Reply
from bot.views.validity import (
    DRAFT,
    NOW,
    OPEN,
    PAGE,
    RISKS,
    build_line,
    build_none,
    build_risks,
    build_validity,
)


@command(PAGE, roles=APPROVERS)
def show_by_word(ask: Ask) -> Reply:
    """The newest run whole."""
    return Private(_show(ask))


@button(OPEN, roles=APPROVERS)
def open_page(ask: Ask) -> Reply:
    """The same, from the month's message."""
    return Private(_show(ask))


@button(NOW, roles=APPROVERS)
def look_now(ask: Ask) -> Reply:
    """In a child process; the result comes as a message. Two presses are one run."""
    with ask.writing() as unit:
        on = local_day(unit.at, unit.workspace.zone)
        begun = begin_look(unit, on, ask.person.slack_user)
    if begun is None:
        return Private(build_line(ask.say, "under_way"))
    if begun.is_done:
        return Private(_show(ask))
    ask.ports.heavy.start(
        "validity",
        workspace_id=ask.workspace_id,
        run_id=begun.run_id,
        on=on.isoformat(),
        slack_user=ask.person.slack_user,
    )
    return Private(build_line(ask.say, "started"))


@button(RISKS, roles={Role.MANAGER})
def show_risks(ask: Ask) -> Reply:
    """The forecast by account, for whoever decides where people go."""
    with ask.reading() as unit:
        page = read_risks(unit)
    return Private(build_risks(ask.say, page))


@button(DRAFT, roles=OPS)
def make_draft(ask: Ask) -> Reply:
    """A draft of the model with the proposed step; the version in use stays."""
    run, _, measure = ask.value.partition(":")
    with ask.reading() as unit:
        made = find_by_id(unit, int(run))
    if made is None:
        raise Refusal("validity_outdated")
    note = ask.say("validity", "draft_note", run_on=made.validity.run_on)
    with ask.writing() as unit:
        number = draft_proposal(unit, made.run_id, measure, ask.person.slack_user, note)
    return Private(show_draft(ask, ask.say("validity", "drafted", number=number)))


def _show(ask: Ask) -> Message:
    person = ask.person
    with ask.reading() as unit:
        page = find_page(unit, person.locale, person.zone, person.roles)
    return build_validity(ask.say, page) if page else build_none(ask.say)

"""`/sakidori role @person csm lead` by hand, `/sakidori role` alone: roles by user groups."""

from bot.ask import Ask
from bot.core.refusal import BadInput
from bot.core.typed import take_mention
from bot.core.vocabulary import Role
from bot.registry import OPS, button, command, form
from bot.services.people import find_member
from bot.services.ports import PersonFacts
from bot.services.roles import BY_GROUP, choose_groups, give_roles, read_groups, read_roles
from bot.views.reply import CloseForm, OpenForm, Private, Reply
from bot.views.roles import (
    FORM,
    build_groups_form,
    build_groups_kept,
    build_roles_given,
    build_roles_held,
)


@command("role", roles=OPS, opens_form=True, answers_text=True)
def role(ask: Ask) -> Reply:
    """The roles of the person named, given where any are typed; alone the form of the groups."""
    if not ask.text.strip():
        return _open(ask)
    user, rest = take_mention(ask.text)
    if user is None:
        raise BadInput("nobody_named")
    facts = ask.ports.directory.get_person(user)
    roles = read_roles(rest)
    if not roles:
        return _show(ask, facts)
    with ask.writing() as unit:
        given = give_roles(unit, facts, roles, ask.person.slack_user)
    return Private(build_roles_given(ask.say, given.name, given.now))


@button("role_groups", roles=OPS, opens_form=True)
def open_groups(ask: Ask) -> Reply:
    """The form of the groups."""
    return _open(ask)


@form(FORM, roles=OPS)
def keep_groups(ask: Ask) -> Reply:
    """Which groups give which roles; the roles follow within ten minutes."""
    chosen = {each: ask.fields[each.value].values for each in BY_GROUP if each.value in ask.fields}
    with ask.writing() as unit:
        choose_groups(unit, chosen, ask.person.slack_user)
    return CloseForm(build_groups_kept(ask.say, sum(map(len, chosen.values()))))


def _open(ask: Ask) -> Reply:
    groups = ask.ports.directory.list_groups()
    choices = [(_label(ask, each.handle, each.name), each.group) for each in groups]
    with ask.reading() as unit:
        chosen = read_groups(unit)
    return OpenForm(build_groups_form(ask.say, BY_GROUP, choices, chosen))


def _label(ask: Ask, handle: str, name: str) -> str:
    return ask.say("roles", "group", handle=handle, name=name)


def _show(ask: Ask, facts: PersonFacts) -> Reply:
    with ask.reading() as unit:
        member = find_member(unit, facts.slack_user)
    held = [Role(each) for each in member.roles] if member else []
    return Private(build_roles_held(ask.say, member.name if member else facts.name, held))

"""Roles: the form of user groups by role, and what is said of a person's roles."""

from collections.abc import Mapping, Sequence

from bot.core.say import Say
from bot.core.vocabulary import Role
from bot.views.blocks import Element, actions, section
from bot.views.elements import Choice, button, many_select
from bot.views.limits import OPTIONS, shorten
from bot.views.reply import Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import named, word

FORM = "role_groups"
_NAME = 60


def build_groups_form(
    say: Say, roles: Sequence[Role], groups: Sequence[Choice], chosen: Mapping[Role, Sequence[str]]
) -> View:
    """For each role the user groups that give it; without any group, what to do instead."""
    about = [section(say("roles", "about")), section(say("roles", "by_hand"))]
    if not groups:
        nothing = [section(say("roles", "no_groups")), about[1]]
        title, close = say("roles", "title"), word(say, "close")
        return form(FORM, title=title, submit=None, close=close, blocks=nothing)
    rows = [
        question(
            role.value,
            named(say, "staff", role),
            many_select(groups[:OPTIONS], role.value, say("roles", "choose"), chosen.get(role, ())),
            optional=True,
        )
        for role in roles
    ]
    return form(
        FORM,
        title=say("roles", "title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        blocks=[about[0], *rows, about[1]],
    )


def build_groups_kept(say: Say, count: int) -> Message:
    """When the roles will have followed."""
    return _line(say("roles", "kept", count=count))


def build_roles_given(say: Say, name: str, roles: Sequence[Role]) -> Message:
    """Whose roles are what now."""
    return _line(say("roles", "given", name=shorten(name, _NAME), roles=_words(say, roles)))


def build_roles_held(say: Say, name: str, roles: Sequence[Role]) -> Message:
    """A person's roles, and how they are changed."""
    told = say("roles", "held", name=shorten(name, _NAME), roles=_words(say, roles))
    return message(told, [section(told), *actions([groups_button(say)])])


def groups_button(say: Say) -> Element:
    """The way to the form of the groups."""
    return button(say("roles", "open"), FORM)


def _words(say: Say, roles: Sequence[Role]) -> list[str]:
    return [named(say, "staff", role) for role in roles]


def _line(told: str) -> Message:
    return message(told, [section(told)])

"""Ids that nobody answers to: a form that asks whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.say import Say
from bot.views.blocks import section
from bot.views.elements import account_select
from bot.views.limits import shorten
from bot.views.reply import Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import word

OPEN = FORM = "link_ids"
# What is typed into is answered by the type-ahead over accounts.
_FIELD = "account"
_ID = 60


@dataclass(frozen=True)
class AskedId:
    """An id as a source writes it, with its rows and the file it came with."""

    ref: str
    kind: str
    rows: int
    batch_id: int


def build_link_form(say: Say, asked: Sequence[AskedId], more: int) -> View:
    """Each id with a search for its account; the ones left empty are asked about again."""
    told = [section(say("link_ids", "intro", more=more))]
    fields = [
        question(
            name_field(number),
            say("link_ids", "label", ref=shorten(each.ref, _ID), rows=each.rows, kind=each.kind),
            account_select(_FIELD, say("link_ids", "choose")),
            optional=True,
        )
        for number, each in enumerate(asked)
    ]
    return form(
        FORM,
        title=say("link_ids", "title"),
        submit=word(say, "save") if asked else None,
        close=word(say, "cancel"),
        blocks=[*told, *fields] if asked else [section(say("link_ids", "none"))],
        carried={
            name_field(number): f"{each.batch_id}:{each.ref}" for number, each in enumerate(asked)
        },
    )


def build_linked(say: Say, linked: Mapping[str, str]) -> Message:
    """Whose they are now, by id."""
    pairs = [(shorten(ref, _ID), shorten(name, _ID)) for ref, name in linked.items()]
    told = say("link_ids", "linked", pairs=pairs)
    return message(told, [section(told)])


def name_field(number: int) -> str:
    """The field of the id at that place."""
    return f"ref_{number}"

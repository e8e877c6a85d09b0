"""What a command or a job is handed: who, where, what was said, and the way to the data.

A handler opens its units itself, writes first and renders after: nothing is rendered, and no one
is called, while a writing unit holds the database. An `Ask` outlives its units and holds no
session.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.calendar import WorkCalendar
from bot.core.say import Say
from bot.core.slots import Slot
from bot.core.vocabulary import Locale, Role
from bot.store.unit import Store, Unit

if TYPE_CHECKING:
    from bot.services.ports import Ports


@dataclass(frozen=True)
class Person:
    """A member of the company, as far as a handler needs to know."""

    member_id: int
    slack_user: str
    name: str
    roles: frozenset[Role]
    locale: Locale
    zone: str
    calendar: WorkCalendar

    def has(self, *roles: Role) -> bool:
        """Whether the person has any of `roles`."""
        return bool(self.roles & set(roles))


@dataclass(frozen=True)
class Where:
    """The place something was said or pressed. `ts` is the message with the button, if any."""

    channel: str | None = None
    kind: str = "im"  # im, private, public, home, form
    ts: str | None = None
    thread_ts: str | None = None
    is_shared_outside: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether only the person and the bot can read here."""
        return self.kind in ("im", "home", "form")


@dataclass(frozen=True)
class Field:
    """What a form's block holds: `value` for one, `values` for many, `files` for file ids."""

    value: str | None = None
    values: Sequence[str] = ()
    files: Sequence[str] = ()


@dataclass(frozen=True)
class Ask:
    """One request of one person.

    `text` is what follows the command's word (or the message's text for an event), `value` the
    button's value, the chosen option or the typed fragment, `fields` a form's state by block_id,
    `carried` the form's private metadata. `view_hash` and `view_id` belong to the open form.
    """

    person: Person
    workspace_id: int
    store: Store
    say: Say
    at: datetime
    where: Where
    ports: "Ports"
    text: str = ""
    value: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The person's local day."""
        return self.at.astimezone(ZoneInfo(self.person.zone)).date()

    def reading(self) -> AbstractContextManager[Unit]:
        """A read-only unit of the person's workspace."""
        return self.store.reading(self.workspace_id)

    def writing(self) -> AbstractContextManager[Unit]:
        """A unit that commits when its block ends well."""
        return self.store.writing(self.workspace_id)


@dataclass(frozen=True)
class JobTurn:
    """One slot of a job for one audience; `person` is None when the audience is the workspace."""

    workspace_id: int
    store: Store
    slot: Slot
    at: datetime
    person: Person | None
    voices: Mapping[Locale, Say]
    ports: "Ports"

    @property
    def say(self) -> Say:
        """The voice of the audience: the person's, else the workspace's."""
        return self.voices[self.person.locale] if self.person else self.ports.workspace_voice

    def reading(self) -> AbstractContextManager[Unit]:
        """A read-only unit of the workspace."""
        return self.store.reading(self.workspace_id)

    def writing(self) -> AbstractContextManager[Unit]:
        """A unit that commits when its block ends well."""
        return self.store.writing(self.workspace_id)

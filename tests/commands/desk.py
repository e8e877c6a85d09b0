"""A company at its desks: a real database, members, accounts, and requests of its people."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.ask import Ask, Field, JobTurn, Where
from bot.clock import FixedClock
from bot.core.say import Say
from bot.core.slots import Slot, SlotReason, SlotState
from bot.core.vocabulary import Locale
from bot.people import build_person
from bot.services.ports import ChannelFacts, GroupFacts, PersonFacts, Ports
from bot.store.engine import build_engine
from bot.store.tables import Member, Workspace
from bot.store.unit import Store
from bot.texts import Texts
from tests.commands.records import FRIDAY, TODAY, Records

__all__ = ["FRIDAY", "TODAY", "Bench", "Desk", "Town"]


@dataclass
class Town:
    """Channels as Slack would tell of them; people are not asked for by commands."""

    channels: dict[str, ChannelFacts] = field(default_factory=dict)
    messages: dict[tuple[str, str], str] = field(default_factory=dict)

    def get_person(self, slack_user: str) -> PersonFacts:
        return PersonFacts(slack_user, slack_user, None, "Asia/Tokyo", "ja-JP", False, False, False)

    def get_channel(self, channel: str, *, fresh: bool = False) -> ChannelFacts:
        return self.channels[channel]

    def find_person_by_email(self, email: str) -> PersonFacts | None:
        return None

    def fetch_file(self, file_id: str, folder: Path) -> Path:
        return folder / file_id

    def find_permalink(self, channel: str, ts: str) -> str | None:
        return f"https://ours.slack.com/archives/{channel}/p{ts.replace('.', '')}"

    def list_groups(self) -> Sequence[GroupFacts]:
        return ()

    def list_group_people(self, group: str) -> Sequence[str] | None:
        return None

    def find_message(self, channel: str, ts: str) -> str | None:
        return self.messages.get((channel, ts))

    def list_file_ids(self, channel: str, ts: str) -> Sequence[str]:
        return ()


@dataclass
class Bench:
    """Remembers what heavy work was asked for and answers what it was told to."""

    result: dict[str, object] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    folder: Path = Path("/nowhere")

    def start(self, name: str, **arguments: object) -> None:
        self.asked.append((name, arguments))

    def run(self, name: str, **arguments: object) -> dict[str, object]:
        self.asked.append((name, arguments))
        return self.result


class Desk(Records):
    """One workspace with its people and accounts."""

    def __init__(self, url: str, locale: Locale = Locale.JA) -> None:
        self.engine = build_engine(url)
        self.clock = FixedClock(FRIDAY)
        store = Store(self.engine, self.clock)
        self.texts = Texts()
        row = Workspace(team_id="T1", name="ours", created_at=FRIDAY, locale=locale)
        self.workspace = store.add_workspace(row)
        self.town, self.bench = Town(), Bench()
        super().__init__(store, self.workspace.id)

    def ask(self, text: str = "", *, by: Member | None = None, **more: Any) -> Ask:
        """A request of a person (佐藤 unless told)."""
        person = build_person(by or self.sato, self.workspace)
        locale = more.pop("locale", person.locale)
        person = replace(person, locale=locale)
        return Ask(
            person=person,
            workspace_id=self.workspace.id,
            store=self.store,
            say=self.texts.speak(locale),
            at=self.clock.now(),
            where=more.pop("where", Where(channel="D1", kind="im")),
            ports=self.ports,
            text=text,
            **more,
        )

    def submit(self, carried: dict[str, str], /, by: Member | None = None, **fields: Any) -> Ask:
        """A submitted form: strings are single values, lists several."""
        made = {
            name: Field(value=value) if isinstance(value, str) else Field(values=value)
            for name, value in fields.items()
        }
        return self.ask(by=by, carried=carried, fields=made, where=Where(kind="form"))

    def turn(self, member: Member | None, on: date = TODAY) -> JobTurn:
        """A job's turn on a day; for the workspace when there is no member."""
        voices: dict[Locale, Say] = {each: self.texts.speak(each) for each in Locale}
        slot = Slot(on.isoformat(), on, self.clock.now(), SlotState.DUE, SlotReason.ON_TIME)
        person = build_person(member, self.workspace) if member else None
        return JobTurn(
            self.workspace.id, self.store, slot, self.clock.now(), person, voices, self.ports
        )

    @property
    def ports(self) -> Ports:
        voices: dict[Locale, Say] = {each: self.texts.speak(each) for each in Locale}
        return Ports(self.town, self.bench, self.texts.speak(self.workspace.locale), voices)

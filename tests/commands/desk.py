"""A company at its desks: a real database, members, accounts, and requests of its people."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from bot.ask import Ask, Field, JobTurn, Where
from bot.clock import FixedClock
from bot.core.names import fold_name
from bot.core.say import Say
from bot.core.slots import Slot, SlotReason, SlotState
from bot.core.vocabulary import Band, Locale, Role
from bot.people import build_person
from bot.services.ports import ChannelFacts, PersonFacts, Ports
from bot.store.base import Walled, new_id
from bot.store.engine import build_engine
from bot.store.tables import (
    Account,
    AccountScore,
    Contract,
    ManualScore,
    Member,
    ScoreRun,
    Workspace,
)
from bot.store.unit import Store
from bot.texts import Texts

Row = TypeVar("Row", bound=Walled)

# Friday 09:00 in Tokyo, before a long weekend.
FRIDAY = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@dataclass
class Town:
    """Channels as Slack would tell of them; people are not asked for by commands."""

    channels: dict[str, ChannelFacts] = field(default_factory=dict)

    def get_person(self, slack_user: str) -> PersonFacts:
        return PersonFacts(slack_user, slack_user, None, "Asia/Tokyo", "ja-JP", False, False, False)

    def get_channel(self, channel: str, *, fresh: bool = False) -> ChannelFacts:
        return self.channels[channel]

    def find_person_by_email(self, email: str) -> PersonFacts | None:
        return None

    def fetch_file(self, file_id: str, folder: Path) -> Path:
        return folder / file_id

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


class Desk:
    """One workspace with its people and accounts."""

    def __init__(self, url: str, locale: Locale = Locale.JA) -> None:
        self.engine = build_engine(url)
        self.clock = FixedClock(FRIDAY)
        self.store = Store(self.engine, self.clock)
        self.texts = Texts()
        row = Workspace(team_id="T1", name="ours", created_at=FRIDAY, locale=locale)
        self.workspace = self.store.add_workspace(row)
        self.town, self.bench = Town(), Bench()
        self.sato = self.hire("佐藤", Role.CSM)

    def hire(self, name: str, *roles: Role, **more: Any) -> Member:
        """A new colleague."""
        member = Member(
            id=new_id(),
            slack_user=more.pop("slack_user", f"U{abs(hash(name)) % 10**8:08d}"),
            name=name,
            roles=[role.value for role in roles],
            digest_time=time(8, 30),
            workdays=[0, 1, 2, 3, 4],
            known_at=FRIDAY,
            **more,
        )
        return self._keep(member)

    def add_account(self, name: str, owner: Member | None = None, **more: Any) -> Account:
        """A customer; `arr` in yen."""
        arr = more.pop("arr", None)
        account = Account(
            id=new_id(),
            ref=more.pop("ref", f"A-{new_id()}"),
            name=name,
            folded=fold_name(name)[:255],
            owner_id=(owner or self.sato).id,
            arr_base=None if arr is None else Decimal(arr),
            known_at=more.pop("known_at", FRIDAY),
            **more,
        )
        return self._keep(account)

    def add_contract(self, account: Account, **more: Any) -> Contract:
        """A contract of the account."""
        contract = Contract(account_id=account.id, ref=f"C-{new_id()}", known_at=FRIDAY, **more)
        return self._keep(contract)

    def score(self, account: Account, on: date, score: float | None, band: Band) -> None:
        """A measured score of one day."""
        with self.store.writing(self.workspace.id) as unit:
            if unit.session.get(ScoreRun, (self.workspace.id, on)) is None:
                run = ScoreRun(run_on=on, model_version=1, started_at=FRIDAY, finished_at=FRIDAY)
                unit.add(run)
            row = AccountScore(
                run_on=on,
                account_id=account.id,
                model_version=1,
                score=score,
                band=band.value,
                coverage=0.9 if score is not None else 0.2,
                data_on=on,
                details=b"",
            )
            unit.add(row)

    def score_by_hand(self, account: Account, band: Band, reason: str = "", **more: Any) -> None:
        """A band given by a person."""
        self._keep(
            ManualScore(
                account_id=account.id,
                band=band.value,
                reason=reason,
                member_id=self.sato.id,
                given_on=more.get("given_on", TODAY),
                expires_on=more.get("expires_on", date(2026, 12, 20)),
                known_at=FRIDAY,
            )
        )

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
        return Ports(self.town, self.bench, self.texts.speak(self.workspace.locale))

    def _keep(self, row: Row) -> Row:
        with self.store.writing(self.workspace.id) as unit:
            unit.add(row)
        return row

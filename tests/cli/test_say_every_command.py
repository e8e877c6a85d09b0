"""`sakidori say` answers every command of the registry, each way it can be said, in both languages.

One house for all: the real Bolt app, a real database, and the captured line that `say` prints.
"""

import asyncio
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from typer.testing import CliRunner

from bot.bootstrap import House
from bot.cli import build_app
from bot.cli.say import NO_TOKEN
from bot.clock import FixedClock
from bot.config import Settings
from bot.core.vocabulary import Band, Locale, Role
from bot.registry import Deed, whole
from bot.services.install import Joining, install_workspace
from bot.services.playbooks import ensure_shipped
from bot.slack.captured import CapturedLine
from bot.slack.in_process import InProcess, read_said, user_object
from bot.slack.line import Payload
from bot.slack.requests import find_word
from bot.store.tables import Account, Member, Workspace
from bot.views.help import words_of
from bot.views.notices import SAY_AGAIN
from tests.browser_stories.nonsense import Known, list_nonsense
from tests.commands.loop_records import USAGE_DROP, add_episode, add_task
from tests.commands.records import FRIDAY, TODAY, Records
from tests.commands.weekly_records import add_outcome
from tests.views.shown import elements_of

pytestmark = pytest.mark.row("X39")

EVERY = pytest.mark.parametrize("deed", whole().commands(), ids=lambda deed: deed.key)
LOCALES = pytest.mark.parametrize("locale", list(Locale), ids=str)
# Who asks: the least of these that may, so that a command is not answered to leaders alone.
ASKS = (Role.CSM, Role.LEAD, Role.OPS)
NAMES = {Locale.JA: "佐藤", Locale.EN: "Carter"}
KANA = re.compile(r"[ぁ-んァ-ン]")


def user_of(locale: Locale, role: Role | None) -> str:
    """The Slack id of whoever reads that language and has that role alone."""
    return f"U0{locale}{role or 'none'}".upper()


@dataclass
class Office:
    """Says things as somebody, and reads everything that they would be shown."""

    house: House
    workspace: Workspace
    line: CapturedLine
    loop: asyncio.Runner
    known: Known
    stamps: Iterator[int] = field(default_factory=count)

    def hears(self, user: str, text: str) -> list[Payload]:
        """What `sakidori say TEXT --as USER` would print as --json."""
        self.line.said.clear()
        person = InProcess(self.house.app, self.house.edge, self.line, self.workspace)
        return self.loop.run(person.say(user, text, f"{next(self.stamps)}.000000"))

    def reads(self, user: str, text: str) -> str:
        """The last thing it would print: of a form, the form as it is once filled."""
        return read_said(self.hears(user, text)[-1])


def names_in(house: House, workspace: Workspace) -> Known:
    """What is the same in either language."""
    with house.store.reading(workspace.id) as unit:
        accounts = tuple(unit.session.scalars(select(Account.name)))
        people = list(unit.session.scalars(select(Member)))
    users = frozenset(str(each.slack_user) for each in people)
    names = (*accounts, *(each.name for each in people), *USAGE_DROP.values(), "Try")
    return Known(names, users)


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Members of every role in both languages, and a week of work behind each CSM."""
    folder = tmp_path_factory.mktemp("say")
    shutil.copyfile(sqlite_template, folder / "sakidori.sqlite3")
    settings = Settings(
        database_url=f"sqlite:///{folder / 'sakidori.sqlite3'}",
        slack_bot_token=SecretStr(NO_TOKEN),
        sakidori_state_dir=folder,
    )
    line = CapturedLine({})
    house = House(settings, FixedClock(FRIDAY), given_line=line)
    workspace = install_workspace(house.store, Joining("", "T0SAY", "Say", "U0BOT"))
    members = [*hire_everybody(house, workspace)]
    line.people = {str(each.slack_user): user_object(each, workspace) for each in members}
    with asyncio.Runner() as loop:
        yield Office(house, workspace, line, loop, names_in(house, workspace))
    house.close()


def hire_everybody(house: House, workspace: Workspace) -> Iterator[Member]:
    ensure_shipped(house.store, workspace.id)
    for locale, name in NAMES.items():
        for role in (None, *Role):
            member = Member(
                slack_user=user_of(locale, role),
                name=f"{name} {role or 'none'}",
                email=f"{user_of(locale, role)}@example.com".lower(),
                roles=[role] if role else [],
                locale=locale,
                zone="Asia/Tokyo",
                known_at=FRIDAY,
            )
            records = Records(house.store, workspace.id, member)
            yield records.keep(member)
            if role is Role.CSM:
                work_a_week(records, f"{name}商事")


def work_a_week(records: Records, name: str) -> None:
    account = records.add_account(name, arr=4_800_000)
    records.add_contract(account, renews_on=date(2027, 1, 4), notice_on=date(2026, 12, 4))
    for back, score in enumerate((48, 71, 74)):
        band = Band.RED if score < 50 else Band.GREEN
        records.score(account, TODAY - timedelta(days=back), score, band)
    episode = add_episode(records, account)
    add_task(records, account, TODAY, episode=episode, title="Try")
    add_task(records, account, TODAY - timedelta(days=2), title="Try")
    add_outcome(records, account, date(2026, 11, 12))


def asker_of(deed: Deed, locale: Locale) -> str:
    """Somebody who just may: without any role where none is needed."""
    return user_of(
        locale, next(role for role in ASKS if role in deed.roles) if deed.roles else None
    )


def must_answer(office: Office, locale: Locale, deed: Deed, text: str) -> None:
    say = office.house.texts.speak(locale)
    for template, block, how in (
        ("refusals", "fault", {"reference": "§"}),
        ("refusals", "not_allowed", {}),
        ("refusals", "slack_unreachable", {}),
        ("refusals", "unknown_person", {"ops": ["§"]}),
        ("help", "unknown", {"said": "§"}),
        ("help", "lost", {"said": "§"}),
        ("edge", "form_wait", {}),
    ):
        sentence = max(say(template, block, **how).split("§"), key=len)
        assert sentence not in text, text
    assert (say("help", "fallback") in text) is (deed.key == "help")
    assert text.strip()
    assert bool(KANA.search(text)) is (locale is Locale.JA), text
    assert list_nonsense(text, locale, office.known) == []


@EVERY
@LOCALES
def test_a_command_is_answered_the_same_however_it_is_said(
    office: Office, deed: Deed, locale: Locale, caplog: pytest.LogCaptureFixture
) -> None:
    user, say = asker_of(deed, locale), office.house.texts.speak(locale)
    caplog.set_level("INFO")
    told = office.reads(user, f"/sakidori {deed.key}")
    own = office.reads(user, deed.slash or f"/{deed.key}")
    must_answer(office, locale, deed, told)
    assert own == told
    called = [getattr(each, "action", "") for each in caplog.records if each.msg == "deed"]
    assert called == [f"command:{deed.key}"] * 2
    for word in (deed.key, deed.key.upper(), *words_of(say, deed.key)):
        [direct] = office.hears(user, word)
        assert direct["channel"] == f"D{user}"
        if not deed.opens_form:
            assert read_said(direct) == told
            continue
        [press] = [each for each in elements_of(direct["blocks"]) if each["type"] == "button"]
        assert press["action_id"].startswith(SAY_AGAIN)
        assert find_word(whole(), "sakidori", press["value"]) == (deed.key, "")
        must_answer(office, locale, deed, read_said(direct))


@pytest.mark.parametrize("role", [None, *Role], ids=str)
@LOCALES
def test_help_lists_exactly_what_the_person_may(
    office: Office, role: Role | None, locale: Locale
) -> None:
    user = user_of(locale, role)
    say = office.house.texts.speak(locale)
    told = office.reads(user, "/sakidori")
    assert told == office.reads(user, "/sakidori help") == office.reads(user, "help")
    listed = re.findall(r"`/sakidori ([a-z]+)", told)
    may = [each for each in whole().commands() if not each.roles or role in each.roles]
    assert listed == [each.key for each in may]
    for deed in may:
        assert say(f"command_{deed.key}", "told") in told
    assert re.findall(r"`(/(?!sakidori)[a-z]+)", told) == [
        each.slash for each in may if each.slash and each.key != "help"
    ]
    assert list_nonsense(told, locale, office.known) == []


@EVERY
@LOCALES
def test_who_may_not_is_told_so_in_their_language(
    office: Office, deed: Deed, locale: Locale
) -> None:
    say = office.house.texts.speak(locale)
    without = [role for role in Role if deed.roles and role not in deed.roles]
    for role in without[:1]:
        user, refusal = user_of(locale, role), say("refusals", "not_allowed")
        for said in (f"/sakidori {deed.key}", deed.key):
            assert refusal in office.reads(user, said)
    if deed.roles:
        stranger = office.reads(user_of(locale, None), f"/sakidori {deed.key}")
        assert say("refusals", "unknown_person", ops=["Carter ops", "佐藤 ops"]) in stranger


@pytest.mark.parametrize(
    ("locale", "said", "expected"),
    [
        (Locale.JA, "/tasks", "佐藤商事"),
        (Locale.EN, "/sakidori alerts", "Carter商事"),
        (Locale.JA, "ダイジェスト", "期限超過"),
        (Locale.EN, "touch", "[Open the form]"),
        (Locale.EN, "/touch", "Who moved first"),
    ],
)
def test_the_command_line_prints_what_they_read(
    office: Office,
    locale: Locale,
    said: str,
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", office.house.settings.database_url)
    monkeypatch.setenv("SAKIDORI_STATE_DIR", str(office.house.settings.sakidori_state_dir))
    words = ["say", said, "--as", user_of(locale, Role.CSM)]
    done = CliRunner().invoke(build_app(words), words)
    assert done.exit_code == 0, done.output
    assert expected in done.stdout
    assert office.house.texts.speak(locale)("edge", "form_wait") not in done.stdout
    assert list_nonsense(done.stdout, locale, office.known) == []

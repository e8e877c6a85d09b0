"""The command line as a person at a terminal meets it: real processes, a real database."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.clock import SystemClock
from bot.services.install import Joining, install_workspace
from bot.store.engine import build_engine
from bot.store.tables import AuditEntry, Member, ScoreRun
from bot.store.unit import Store
from sandbox.server import SandboxServer, free_port
from tests.house import OPS, SATO, company
from tests.kill.processes import Nursery, nursery

SECONDS = 240

# One worker: the nursery is opened once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("command_line")]


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Processes that need not read their code: half a second each, of all that is done here."""
    with nursery(tmp_path_factory.mktemp("nursery")) as opened:
        yield opened


@dataclass
class Terminal:
    """Runs `sakidori …` on one database."""

    folder: Path
    url: str
    more: dict[str, str] = field(default_factory=dict)
    warm: Nursery | None = None

    @property
    def environment(self) -> dict[str, str]:
        state = {"DATABASE_URL": self.url, "SAKIDORI_STATE_DIR": str(self.folder)}
        return {**os.environ, **state, **self.more}

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run to the end."""
        assert self.warm is not None
        said, errors = self.folder / "said", self.folder / "errors"
        for file in (said, errors):
            file.write_bytes(b"")
        process = self.warm.start(words, self.environment, said, errors)
        ends = time.monotonic() + SECONDS
        while (code := process.poll()) is None:
            if time.monotonic() > ends:
                raise TimeoutError(f"sakidori {' '.join(words)} takes too long")
            time.sleep(0.005)
        told = [file.read_text(encoding="utf-8") for file in (said, errors)]
        return subprocess.CompletedProcess(words, code, *told)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Run on, from nothing, as on a machine that boots."""
        log = (self.folder / "log").open("ab")
        command = [sys.executable, "-m", "bot.cli", *words]
        with log:
            return subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    @property
    def store(self) -> Store:
        """The database, for looking in."""
        return Store(build_engine(self.url), SystemClock())


@pytest.fixture
def terminal(sqlite_url: str, tmp_path: Path, warm: Nursery) -> Terminal:
    """A terminal on an empty, migrated database with one workspace."""
    made = Terminal(tmp_path, sqlite_url, warm=warm)
    install_workspace(made.store, Joining("", "T0SANDBOX", "Sandbox", "U0BOT"))
    return made


def test_what_is_missing_is_said_at_once_and_nothing_starts(
    empty_sqlite_url: str, tmp_path: Path, warm: Nursery
) -> None:
    done = Terminal(tmp_path, empty_sqlite_url, {"PORT": "x"}, warm).run("run")
    assert done.returncode == 2
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET", "PORT"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_database_is_told_its_mend(
    empty_sqlite_url: str, tmp_path: Path, warm: Nursery
) -> None:
    fresh = Terminal(tmp_path, empty_sqlite_url, warm=warm)
    assert "sakidori migrate" in fresh.run("say", "/health", "--as", "x").stderr
    assert fresh.run("migrate").returncode == 0
    told = fresh.run("say", "/health", "--as", "x")
    assert told.returncode == 1
    assert "No workspace has joined yet" in told.stderr


def test_say_goes_through_the_bot_and_shows_what_a_person_would_read(terminal: Terminal) -> None:
    added = terminal.run(
        "member", "add", "佐藤", "--role", "csm", "--slack-user", SATO, "--locale", "ja"
    )
    assert added.stdout == "佐藤: csm\n"
    said = terminal.run("say", "/health ナイナイ商事", "--as", "佐藤")
    assert said.returncode == 0, said.stderr
    assert "ナイナイ商事" in said.stdout
    plain = terminal.run("say", "ナイナイ商事", "--as", SATO, "--json")
    payloads = json.loads(plain.stdout)
    assert payloads[0]["method"] == "chat.postMessage"
    assert payloads[0]["channel"] == f"D{SATO}"


def test_say_as_nobody_names_those_who_are_there(terminal: Terminal) -> None:
    terminal.run("member", "add", "佐藤", "--role", "csm", "--slack-user", SATO)
    told = terminal.run("say", "/health", "--as", "鈴木")
    assert told.returncode == 1
    assert "佐藤" in told.stderr


def test_a_member_is_completed_not_doubled(terminal: Terminal) -> None:
    terminal.run("member", "add", "佐藤", "--role", "csm", "--email", "Sato@example.com")
    words = ["member", "add", "佐藤", "--role", "lead", "--email", "sato@example.com"]
    assert terminal.run(*words, "--slack-user", SATO).stdout == "佐藤: csm, lead\n"
    store = terminal.store
    with store.reading(store.list_workspaces()[0].id) as unit:
        members = list(unit.session.scalars(select(Member)))
        audit = list(unit.session.scalars(select(AuditEntry.action)))
    assert [(one.email, one.slack_user) for one in members] == [("sato@example.com", SATO)]
    assert audit.count("member_added") == 2


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["member", "add", "佐藤", "--role", "csm"], "--email or --slack-user"),
        (["member", "add", "x", "--role", "csm", "--email", "x@y", "--zone", "Mars"], "Asia/Tokyo"),
        (["job", "run", "nothing"], "Known:"),
        (["import", __file__, "--answer", "nonsense"], "KEY=OPTION"),
    ],
)
def test_a_wrong_word_is_told_its_mend(terminal: Terminal, words: list[str], mend: str) -> None:
    done = terminal.run(*words)
    assert done.returncode == 1
    assert mend in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.row("E27")
def test_a_file_is_reported_then_imported_once(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("顧客ID,会社名\nA1,アクメ商事\nA2,ベータ物流\n", encoding="utf-8")
    dry = terminal.run("import", str(path), "--kind", "accounts", "--dry-run")
    assert "accounts: 2 new" in dry.stdout, dry.stderr
    first = terminal.run("import", str(path), "--kind", "accounts")
    assert "imported, 2 of 2 rows" in first.stdout, first.stderr
    again = terminal.run("import", str(path), "--kind", "accounts")
    assert "accounts: 0 new, 0 changed, 2 unchanged" in again.stdout


def test_a_job_runs_once_a_day_and_audience(terminal: Terminal) -> None:
    terminal.run("member", "add", "佐藤", "--role", "csm", "--slack-user", SATO)
    words = ["job", "run", "digest", "--at", "2026-11-20T00:00:00"]
    assert terminal.run(*words).stdout == "digest: 1 of 1 turns ran.\n"
    assert terminal.run(*words).stdout == "digest: 0 of 1 turns ran.\n"


class TestAgainstSlack:
    """Processes that join a workspace, answer, and stop when they are told."""

    @pytest.fixture
    def sandbox(self) -> Iterator[SandboxServer]:
        with SandboxServer(company()) as made:
            yield made

    @pytest.fixture
    def joined(
        self, sandbox: SandboxServer, empty_sqlite_url: str, tmp_path: Path, warm: Nursery
    ) -> Terminal:
        """A terminal on an empty database, pointed at the sandbox."""
        app = sandbox.slack.world.workspace.app
        more = {
            "SLACK_API_URL": sandbox.api_url,
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SAKIDORI_OPS": OPS,
            "PORT": str(free_port()),
        }
        return Terminal(tmp_path, empty_sqlite_url, more, warm)

    @pytest.mark.parametrize("way", ["http", "socket"])
    def test_run_needs_nothing_but_tokens(
        self, sandbox: SandboxServer, joined: Terminal, way: str
    ) -> None:
        port = joined.more["PORT"]
        if way == "socket":
            joined.more["SLACK_APP_TOKEN"] = sandbox.slack.world.workspace.app.app_token
        else:
            sandbox.point_to(f"http://127.0.0.1:{port}/slack/events")
        process = joined.start("run")
        try:
            wait_for_health(f"http://127.0.0.1:{port}/healthz")
            person = sandbox.visitor
            if way == "socket":
                person.waits_for(lambda: sandbox.state()["sockets"], SECONDS)
            person.types(OPS, person.direct(OPS), "/health")
            seen = person.waits_for(lambda: person.messages(OPS, person.direct(OPS)), SECONDS)
            assert seen[0]["blocks"]
            assert not [call for call in sandbox.slack.calls if call.get("errors")]
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(SECONDS) == 0

    def test_the_doctor_finds_what_is_missing(
        self, sandbox: SandboxServer, joined: Terminal
    ) -> None:
        joined.run("migrate")
        told = joined.run("doctor")
        assert told.returncode == 1
        assert "MEND  workspace: none has joined" in told.stdout
        assert "ok    scopes: all" in told.stdout

    def test_the_doctor_names_missing_scopes(
        self, sandbox: SandboxServer, joined: Terminal
    ) -> None:
        world = sandbox.slack.world
        world.tokens["xoxb-poor"] = type(world.tokens["xoxb-sandbox"])(
            "xoxb-poor", "bot", frozenset({"chat:write"})
        )
        joined.run("migrate")
        joined.more["SLACK_BOT_TOKEN"] = "xoxb-poor"
        assert "missing channels:history" in joined.run("doctor").stdout

    def test_a_wrong_token_is_told_its_mend(self, joined: Terminal) -> None:
        joined.more["SLACK_BOT_TOKEN"] = "xoxb-wrong"
        told = joined.run("run")
        assert told.returncode == 1
        assert "invalid_auth" in told.stderr
        assert "Bot User OAuth Token" in told.stderr

    def test_a_silent_slack_is_told_its_mend(self, joined: Terminal) -> None:
        joined.more["SLACK_API_URL"] = "http://127.0.0.1:1/api/"
        told = joined.run("run")
        assert told.returncode == 1
        assert "SLACK_API_URL" in told.stderr


def wait_for_health(url: str) -> None:
    """Until the process answers that it is well."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_watching_begins_once(terminal: Terminal) -> None:
    assert "(not started)" in terminal.run("workspace", "show").stdout
    assert "no scores yet" in terminal.run("workspace", "start").stderr
    store = terminal.store
    with store.writing(store.list_workspaces()[0].id) as unit:
        unit.add(ScoreRun(run_on=date(2026, 1, 5), model_version=1, started_at=unit.at))
        unit.session.flush()
        unit.session.execute(update(ScoreRun).values(finished_at=unit.at))
    assert "watching since 2" in terminal.run("workspace", "start").stdout
    again = terminal.run("workspace", "start")
    assert again.returncode == 1
    assert "already" in again.stderr

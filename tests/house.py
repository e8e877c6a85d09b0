"""The whole house for a test: a real database, the real Bolt app, and the sandbox for a Slack.

`house` speaks signed HTTP, `socket_house` Socket Mode, `any_house` runs a test over both. Every
payload the bot sends goes through the sandbox's validation; a refused one fails the test.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.bootstrap import House as Bot
from bot.cli.jobs import run_now
from bot.clock import FixedClock
from bot.config import Settings
from bot.registry import Registry, whole
from bot.services.install import Joining, install_workspace
from bot.slack.reading import read_message, read_view
from bot.slack.serving import build_http_handler, socket_mode
from bot.slack.vitals import SlackVitals
from bot.store.tables import Member, Workspace
from bot.web.app import build_web
from bot.web.serving import build_server, listen
from sandbox.server import SandboxServer
from sandbox.serving import PromptServer
from sandbox.site.door import Visit
from sandbox.site.reading import list_shown
from sandbox.visitor import Visitor

T = TypeVar("T")
Json = dict[str, Any]

SATO, MORI, KUDO, OPS = "U0SATO", "U0MORI", "U0KUDO", "U0OPS"
SMITH, STRANGER, GUEST, ROBOT = "U0SMITH", "U0NEW", "U0GUEST", "U0ROBOT"
CS, OPS_ROOM, SHARED, WITH_GUEST = "C0CS", "C0OPS", "C0SHARED", "C0GUEST"
LOG_MESSAGE = {"callback_id": "logvoc_message", "name": "VoCを記録", "kind": "message"}
FRIDAY = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
# Costs nothing where things go well: a loaded machine is no failure.
PATIENCE = 60.0

_ROLES = {SATO: "csm", MORI: "lead", KUDO: "manager", OPS: "ops", SMITH: "csm"}
_NAMES = {SATO: "佐藤", MORI: "森", KUDO: "工藤", OPS: "大野", SMITH: "Smith", STRANGER: "新田"}


def company() -> Json:
    """A sandbox workspace: a CS team, a newcomer without a role, a guest, a robot."""
    people = [
        {"id": user, "name": user[2:].lower(), "real_name": name, "email": f"{user}@example.com"}
        for user, name in _NAMES.items()
    ]
    people[4] |= {"locale": "en-US", "tz": "Europe/London"}
    outside = [
        {"id": GUEST, "name": "guest", "real_name": "客", "is_restricted": True},
        {"id": ROBOT, "name": "robot", "real_name": "robot", "is_bot": True},
    ]
    team = [SATO, MORI, KUDO, OPS, SMITH, "U0BOT"]
    return {
        "app": {"commands": _commands(), "shortcuts": [LOG_MESSAGE]},
        "users": people + outside,
        "channels": [
            {"id": CS, "name": "cs", "members": [*team, STRANGER]},
            {"id": OPS_ROOM, "name": "ops", "kind": "private", "members": [OPS, "U0BOT"]},
            {"id": SHARED, "name": "shared", "is_ext_shared": True, "members": [SATO, "U0BOT"]},
            {"id": WITH_GUEST, "name": "visit", "members": [SATO, GUEST, "U0BOT"]},
        ],
        "usergroups": [
            {"id": "S0CS", "handle": "cs", "name": "CSの人", "users": [SATO, STRANGER, GUEST]},
            {"id": "S0OPS", "handle": "ops", "name": "ops", "users": [SATO]},
        ],
        "settings": {
            "now": FRIDAY.isoformat(),
            "ops_channel": OPS_ROOM,
            "rate_limits": False,
            # How fast a machine is belongs to benchmarks, Slack's own three seconds to its tests.
            "ack_seconds": PATIENCE,
            "trigger_seconds": PATIENCE,
        },
    }


def _commands() -> list[Json]:
    words = ("/sakidori", "/health", "/logvoc", "/outcome", "/tasks", "/touch")
    return [{"command": word, "should_escape": word == "/sakidori"} for word in words]


@dataclass
class House:
    """Drives the bot as its people do, and reads what they would read."""

    bot: Bot
    sandbox: SandboxServer
    clock: FixedClock
    workspace: Workspace
    loop: "Loop"

    @property
    def visitor(self) -> Visitor:
        """A person in front of the page."""
        return self.sandbox.visitor

    def says(self, user: str, text: str, channel: str | None = None) -> str:
        """Type `text` (in the direct message unless told otherwise) and read the answer."""
        return self._answer(user, channel, lambda where: self.visitor.types(user, where, text))

    def ticks(self, user: str, label: str, choose: list[str]) -> None:
        """Tick these boxes of the newest row so called, in the direct message."""
        self.visitor.clicks(user, self.visitor.direct(user), label, choose)
        self.rest()

    def clicks(self, user: str, label: str, channel: str | None = None, choose: str = "") -> str:
        """Press the newest button with this label or action_id, and read what came of it."""
        return self._answer(
            user, channel, lambda where: self.visitor.clicks(user, where, label, choose)
        )

    def clicks_home(self, user: str, label: str, choose: str = "") -> str:
        """Press a button of the App Home."""
        return self._answer(user, None, lambda _: self.visitor.clicks_home(user, label, choose))

    def clicks_form(self, user: str, label: str, choose: str = "", **entries: Any) -> str:
        """Press a button of the form on top, with `entries` typed; reads the form afterwards."""
        self.visitor.clicks_modal(user, label, choose, entries)
        return self.form(user)

    def submits(self, user: str, **entries: Any) -> Json:
        """Send the form on top: `errors` by block, `closed` or `updated`."""
        answer = self.visitor.submits(user, entries)
        self.rest()
        return answer

    def types_ahead(self, user: str, action_id: str, fragment: str) -> list[str]:
        """What a type-ahead of the form on top offers."""
        view = {"kind": "modal", "view_id": self.visitor.modal(user)["id"]}
        offered = self.visitor.suggestions(user, view, action_id, fragment)["options"]
        return [option["text"]["text"] for option in offered]

    def drops(self, user: str, file: Path, channel: str = OPS_ROOM) -> str:
        """Drop a file into a channel and read the answer there."""
        return self._answer(user, channel, lambda where: self.visitor.drops(user, where, file))

    def opens_home(self, user: str) -> str:
        """Open the App Home and read it."""
        self.visitor.opens_home(user)
        self.rest()
        return read_view(self.visitor.home(user))

    def reacts(self, user: str, channel: str, ts: str, name: str) -> str:
        """Put a reaction on a message, and read what the bot says to the person in private."""
        return self._answer(user, None, lambda _: self.visitor.reacts(user, channel, ts, name))

    def shortcut(
        self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None
    ) -> str:
        """Use a shortcut, of a message where one is named, and read the form."""
        self.visitor.shortcut(user, callback_id, channel, ts)
        return self.form(user)

    def form(self, user: str) -> str:
        """The form on top as text, "" when there is none."""
        self.rest()
        view = self.visitor.modal(user)
        return read_view(view) if view else ""

    def reads(self, user: str, channel: str | None = None) -> list[str]:
        """Everything the person sees in a channel, oldest first."""
        where = channel or self.visitor.direct(user)
        return [read_message(one) for one in self.visitor.messages(user, where)]

    def at(self, instant: datetime) -> "House":
        """Move business time to `instant`."""
        self.clock.move_to(instant)
        self.sandbox.slack.world.clock.set_now(instant)
        return self

    def run_job(self, name: str) -> None:
        """Run a job now, once a day, for everybody it is for, and send what it said."""
        run_now(self.bot, self.workspace, self.bot.registry.jobs[name], self.clock)
        self.send()

    def send(self) -> None:
        """Send everything that waits in the outbox."""
        self.bot.sender.wait = self._let_pass
        self.bot.sender.drain(self.bot.stopping)
        self.check()

    def _let_pass(self, seconds: float) -> None:
        """Sleeping costs a test nothing: only the monotonic clock goes on."""
        self.clock.ticks += seconds

    def rest(self) -> None:
        """Wait until everything said so far has been worked and answered, and check it."""
        self.settle()
        self.check()

    def settle(self) -> None:
        """Wait until everything said so far has been worked and answered."""
        deadline = time.monotonic() + PATIENCE
        while not self._is_quiet():
            if time.monotonic() > deadline:
                raise TimeoutError("the house did not come to rest")
            time.sleep(0.005)

    def check(self) -> None:
        """Fail on anything Slack would have refused as malformed."""
        problems = [call for call in self.sandbox.slack.calls if call.get("errors")]
        assert not problems, problems

    def _is_quiet(self) -> bool:
        slack, edge = self.sandbox.slack, self.bot.edge
        # Looked at twice: work goes from the edge to Slack, and from there back to the edge.
        return not (edge.is_busy or slack.tasks or slack.courier.under_way or edge.is_busy)

    def _answer(self, user: str, channel: str | None, act: Callable[[str], Json]) -> str:
        where = channel or self.visitor.direct(user)
        before = self._shown(user, where)
        said = act(where)
        assert not said.get("error"), said["error"]
        self.rest()
        after = self._shown(user, where)
        new = [text for key, text in after.items() if before.get(key) != text]
        return "\n".join(new)

    def _shown(self, user: str, channel: str) -> dict[str, str]:
        # All that ever stood there, before and after each deed: what the page shows, unserialised.
        visit = Visit(self.sandbox.slack, user, {"channel": channel})
        return {one["ts"]: read_message(one) for one in list_shown(visit) if one["bot"]}


class Loop:
    """An event loop on a thread of its own, as the bot's process has one."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bot", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` on the loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def start(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run `work` on the loop and do not wait."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self) -> None:
        """Stop the loop, once it has told those whose connections were cut."""
        self.run(asyncio.sleep(0))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()


def settings_for(sandbox: SandboxServer, database_url: str, folder: Path) -> Settings:
    """Settings that point a bot at `sandbox`."""
    app = sandbox.slack.world.workspace.app
    return Settings.model_validate(
        {
            "database_url": database_url,
            "slack_bot_token": app.bot_token,
            "slack_app_token": app.app_token,
            "slack_signing_secret": app.signing_secret,
            "slack_api_url": sandbox.api_url,
            "sakidori_state_dir": folder,
            "sakidori_ops": OPS,
        }
    )


def fill(bot: Bot) -> Workspace:
    """The workspace and its members."""
    workspace = install_workspace(bot.store, Joining("", "T0SANDBOX", "Sandbox", "U0BOT"))
    with bot.store.writing(workspace.id) as unit:
        unit.workspace.ops_channel, unit.workspace.cs_channel = OPS_ROOM, CS
        for user, role in _ROLES.items():
            locale, zone = ("en", "Europe/London") if user == SMITH else ("ja", "Asia/Tokyo")
            unit.add(
                Member(
                    slack_user=user,
                    name=_NAMES[user],
                    email=f"{user}@example.com".lower(),
                    roles=[role],
                    locale=locale,
                    zone=zone,
                    known_at=unit.at,
                )
            )
    return workspace


def open_house(
    way: str,
    url: str,
    folder: Path,
    spec: Json | None = None,
    registry: Registry | None = None,
    clock: FixedClock | None = None,
) -> Iterator[House]:
    """A house on `url`; `way` is http or socket."""
    with SandboxServer(spec or company()) as sandbox:
        clock = clock or FixedClock(FRIDAY)
        bot = Bot(settings_for(sandbox, url, folder), clock, registry=registry or whole())
        loop = Loop()
        workspace = fill(bot)
        bot.edge.inside_seconds = PATIENCE
        stop = _connect_http(bot, loop, sandbox) if way == "http" else _connect(bot, loop)
        yield House(bot, sandbox, clock, workspace, loop)
        stop()
        loop.close()
        bot.close()


def _connect_http(bot: Bot, loop: Loop, sandbox: SandboxServer) -> Callable[[], None]:
    web = build_web(build_http_handler(bot.app), SlackVitals(bot.store, bot.edge.pool))
    listener = listen("127.0.0.1", 0)
    # What the bot has in hand was waited for before; nobody waits for a farewell.
    server = PromptServer(build_server(web).config)
    done = loop.start(server.serve(sockets=[listener]))
    sandbox.point_to(f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events")
    while not server.started:
        time.sleep(0.005)

    def stop() -> None:
        server.stop()
        done.result(PATIENCE)
        listener.close()

    return stop


def _connect(bot: Bot, loop: Loop) -> Callable[[], None]:
    token = bot.settings.slack_app_token
    assert token is not None

    slack = socket_mode(bot.app, token.get_secret_value(), bot.settings.slack_api_url)
    loop.run(slack.__aenter__())

    def stop() -> None:
        loop.run(slack.__aexit__(None, None, None))

    return stop


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """A house over signed HTTP, on SQLite."""
    yield from open_house("http", sqlite_url, tmp_path)


@pytest.fixture
def socket_house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """A house over Socket Mode, on SQLite."""
    yield from open_house("socket", sqlite_url, tmp_path)


@pytest.fixture(params=["http", "socket"])
def any_house(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """A house over each way in."""
    yield from open_house(request.param, sqlite_url, tmp_path)

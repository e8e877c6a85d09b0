"""Health, figures and the demo's "next day", asked over real HTTP."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import FixedClock, ShiftedClock
from bot.services.install import Joining, install_workspace
from bot.slack.pool import Pool
from bot.slack.vitals import SlackVitals
from bot.store import outbox
from bot.store.engine import build_engine
from bot.store.unit import Store
from bot.web.app import build_web
from bot.web.demo import Demo
from bot.web.serving import build_server, listen
from sandbox.delivery.signing import signed_headers
from sandbox.serving import PromptServer
from tests.house import FRIDAY, PATIENCE, Loop

SECRET = "a secret of the test"


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of `app`, under uvicorn on a loop of its own."""
    loop, listener = Loop(), listen("127.0.0.1", 0)
    server = PromptServer(build_server(app).config)
    done = loop.start(server.serve(sockets=[listener]))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.stop()
    done.result(PATIENCE)
    listener.close()
    loop.close()


def fetch(url: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    """Status and text."""
    request = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.read().decode()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store with one workspace, at a fixed time."""
    made = Store(build_engine(database_url), FixedClock(FRIDAY))
    install_workspace(made, Joining("", "T1", "ours", "U0BOT"))
    yield made
    made.engine.dispose()


@pytest.fixture
def pool() -> Iterator[Pool]:
    """One thread and room for one more."""
    made = Pool("test", 1, 1)
    yield made
    made.close()


def put(store: Store, key: str) -> None:
    """A message that waits."""
    with store.writing(store.list_workspaces()[0].id) as unit:
        outbox.put(unit, key=key, audience="C1", text=key)


def test_a_well_process_says_so(store: Store, pool: Pool) -> None:
    with served(build_web(None, SlackVitals(store, pool))) as url:
        status, text = fetch(f"{url}/healthz")
    assert (status, json.loads(text)) == (200, {"database": "ok", "queue": "ok", "clock": "ok"})


def test_messages_that_wait_long_tell_of_a_standing_clock(store: Store, pool: Pool) -> None:
    put(store, "waiting")
    vitals = SlackVitals(store, pool)
    assert vitals.check()["clock"] == "ok"
    assert isinstance(store.clock, FixedClock)
    store.clock.move_to(FRIDAY + timedelta(minutes=6))
    with served(build_web(None, vitals)) as url:
        status, text = fetch(f"{url}/healthz")
    assert status == 503
    assert json.loads(text)["clock"] == "1 messages are overdue"


def test_a_full_queue_is_told(store: Store, pool: Pool) -> None:
    gate = threading.Event()
    for _ in range(2):
        pool.submit(gate.wait)
    assert SlackVitals(store, pool).check()["queue"] == "full"
    gate.set()


def test_a_lost_database_is_told(tmp_path: Path, pool: Pool) -> None:
    lost = Store(build_engine(f"sqlite:///{tmp_path / 'none' / 'x.sqlite3'}"), FixedClock(FRIDAY))
    found = SlackVitals(lost, pool).check()
    assert found["database"] == "OperationalError"
    lost.engine.dispose()


def test_figures_are_there_for_prometheus(store: Store, pool: Pool) -> None:
    put(store, "waiting")
    with served(build_web(None, SlackVitals(store, pool))) as url:
        _, text = fetch(f"{url}/metrics")
    lines = text.splitlines()
    assert "sakidori_outbox 1.0" in lines
    assert "sakidori_inbox 0.0" in lines
    assert "sakidori_queue_limit 2.0" in lines


class TestNextDay:
    """The demo's clock moves by a signed request, one day at a time, and only in the demo."""

    @pytest.fixture
    def days(self) -> list[date]:
        return []

    @pytest.fixture
    def evening(self) -> threading.Event:
        """When the day may end: it has, unless a test says otherwise."""
        made = threading.Event()
        made.set()
        return made

    @pytest.fixture
    def url(
        self, store: Store, pool: Pool, days: list[date], evening: threading.Event
    ) -> Iterator[str]:
        def advance(to_on: date) -> datetime:
            days.append(to_on)
            evening.wait()
            return datetime(to_on.year, to_on.month, to_on.day, tzinfo=UTC)

        demo = Demo(ShiftedClock(), SECRET, advance)
        with served(build_web(None, SlackVitals(store, pool), demo)) as url:
            yield url

    def ask(self, url: str, body: bytes, secret: str = SECRET) -> tuple[int, str]:
        signed = signed_headers(secret, body, int(time.time()))
        return fetch(f"{url}/demo/advance", body, **signed)

    def test_a_signed_request_moves_to_the_day(self, url: str, days: list[date]) -> None:
        status, text = self.ask(url, b'{"advance_to": "2026-11-24"}')
        assert (status, json.loads(text)) == (200, {"now": "2026-11-24T00:00:00+00:00"})
        assert days == [date(2026, 11, 24)]

    def test_an_unsigned_one_does_not(self, url: str, days: list[date]) -> None:
        status, _ = self.ask(url, b'{"advance_to": "2026-11-24"}', "another secret")
        assert (status, days) == (401, [])

    @pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"advance_to": "tomorrow"}'])
    def test_nonsense_is_told_how_to_write(self, url: str, days: list[date], body: bytes) -> None:
        status, text = self.ask(url, body)
        assert (status, days) == (400, [])
        assert "YYYY-MM-DD" in text

    def test_two_presses_play_one_day(
        self, url: str, days: list[date], evening: threading.Event
    ) -> None:
        body = b'{"advance_to": "2026-11-24"}'
        evening.clear()
        first = threading.Thread(target=lambda: self.ask(url, body))
        first.start()
        while not days:
            time.sleep(0.01)
        assert json.loads(fetch(f"{url}/demo/progress")[1])["running"] is True
        assert self.ask(url, body)[0] == 409
        evening.set()
        first.join()
        assert len(days) == 1

    def test_outside_the_demo_there_is_no_such_address(self, store: Store, pool: Pool) -> None:
        with served(build_web(None, SlackVitals(store, pool))) as url:
            assert self.ask(url, b'{"advance_to": "2026-11-24"}')[0] == 404

"""Told to stop while a day of the demo is being played, with nobody left to speak to."""

import json
import signal
import threading
import time
import urllib.request
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.store import outbox
from sandbox.delivery.signing import signed_headers
from sandbox.server import SandboxServer, free_port
from tests.cli.test_the_command_line import SECONDS, Terminal, wait_for_health
from tests.house import OPS, company

pytestmark = pytest.mark.slow


def press_next_day(url: str, secret: str) -> threading.Thread:
    """Ask for tomorrow, on a thread of its own; what is answered is nobody's business."""
    tomorrow = (SystemClock().now() + timedelta(days=1)).date().isoformat()
    body = json.dumps({"advance_to": tomorrow}).encode()
    request = urllib.request.Request(
        f"{url}/demo/advance", body, signed_headers(secret, body, int(time.time()))
    )

    def press() -> None:
        with suppress(OSError):
            urllib.request.urlopen(request, timeout=SECONDS).close()

    thread = threading.Thread(target=press)
    thread.start()
    return thread


def wait_until_playing(url: str) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with urllib.request.urlopen(f"{url}/demo/progress", timeout=60) as answer:
            if json.load(answer)["running"]:
                return
        time.sleep(0.05)
    raise TimeoutError("no day is being played")


def test_a_day_that_waits_for_a_lost_slack_ends_when_the_process_is_told_to(
    empty_sqlite_url: str, tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path, empty_sqlite_url)
    with SandboxServer(company()) as sandbox:
        app = sandbox.slack.world.workspace.app
        terminal.more = {
            "SLACK_API_URL": sandbox.api_url,
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SAKIDORI_OPS": OPS,
            "SAKIDORI_DEMO": "1",
            "PORT": str(free_port()),
        }
        process = terminal.start("run")
        url = f"http://127.0.0.1:{terminal.more['PORT']}"
        wait_for_health(f"{url}/healthz")
    try:
        store = terminal.store
        with store.writing(store.list_workspaces()[0].id) as unit:
            outbox.put(unit, key="waits", audience=OPS, text="nobody takes it")
        pressed = press_next_day(url, app.signing_secret)
        wait_until_playing(url)
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    finally:
        process.kill()
    pressed.join()
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
    with store.reading(store.list_workspaces()[0].id) as unit:
        kept = outbox.find_by_key(unit, "waits")
        assert kept is not None
        assert kept.state == "pending"

"""The spec of a workspace, the clock, and the command line."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sandbox import serve
from sandbox.__main__ import main, next_day_beside
from sandbox.clock import Clock
from sandbox.server import free_port
from sandbox.spec import read_workspace
from sandbox.visitor import Visitor
from tests.sandbox.town import PATIENCE, client, town, wait_for

ROOT = Path(__file__).parents[2]


def test_an_empty_spec_is_a_workspace() -> None:
    with serve() as slack:
        assert client(slack).auth_test()["team"] == "Sandbox"


def test_messages_can_be_there_from_the_start() -> None:
    said = {"channel": "C1", "user": "U1", "text": "before"}
    with serve(town(messages=[said])) as slack:
        assert slack.visitor.messages("U1", "C1")[0]["text"] == "before"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"colour": 1}, "workspace: unknown colour"),
        ({"users": [{"name": "x"}]}, "users/0: .*'id'"),
        ({"users": [{"id": "U1", "nickname": "x"}]}, "users/0: unknown nickname; known are"),
        ({"channels": [{"id": "C1", "members": ["U9"]}]}, "channel C1: no such user U9"),
        ({"channels": [{"id": "C1", "kind": "open"}]}, "kind is public, private, im or mpim"),
        ({"settings": {"speed": 1}}, "settings: unknown speed"),
    ],
)
def test_a_wrong_spec_is_refused_where_it_is_wrong(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_workspace(change)


def test_the_clock_shifts_and_stamps_never_repeat_or_go_back() -> None:
    clock = Clock(datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC))
    assert timedelta(0) <= clock.now() - datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)
    before = [float(clock.stamp()) for _ in range(1000)]
    clock.set_now(datetime(2026, 1, 1, tzinfo=UTC))
    after = clock.stamp()
    assert len(set(before)) == 1000
    assert float(after) > before[-1]
    assert len(after.partition(".")[2]) == 6
    with pytest.raises(ValueError, match="has no offset"):
        clock.set_now(datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_wrong_workspace_file_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "town.json"
    path.write_text('{"users": [{}]}')
    assert main(["--workspace", str(path)]) == 2
    assert f"sandbox: {path}: users/0:" in capsys.readouterr().err
    assert main(["--workspace", str(tmp_path / "none.json")]) == 2


def test_the_next_day_is_asked_for_beside_the_request_address() -> None:
    assert next_day_beside("http://127.0.0.1:3000/slack/events") == (
        "http://127.0.0.1:3000/demo/advance"
    )


def test_the_command_line_serves_until_it_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "town.json"
    path.write_text(json.dumps(town()))
    port = free_port()
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--workspace", str(path)]
    extra = ["--bot-token", "xoxb-demo", "--now", "2026-11-20T00:00:00+00:00", "--socket"]
    with subprocess.Popen([*command, *extra], cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert f"127.0.0.1:{port}/api/" in process.stdout.readline().decode()
            visitor = Visitor(f"http://127.0.0.1:{port}")
            wait_for(lambda: _answers(visitor))
            assert visitor.get("/page/api/workspace")["now"].startswith("2026-11-20")
        finally:
            process.terminate()
        assert process.wait(PATIENCE) in (0, -15)


def _answers(visitor: Visitor) -> bool:
    try:
        return bool(visitor.get("/page/api/progress"))
    except OSError:
        return False

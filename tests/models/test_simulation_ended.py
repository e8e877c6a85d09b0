"""A simulation that is ended from outside: whoever asked is told, with a reference and a way on."""

import contextlib
import os
import re
import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.children import ChildProcesses
from bot.clock import SystemClock
from bot.health.edits import with_bands
from bot.health.model import load_default
from bot.services.models.drafts import start_draft
from bot.store import outbox
from bot.store.tables import OutboxItem
from bot.work import tell_unsimulated
from bot.work.bench import Bench
from bot.work.tell_unsimulated import key_of
from tests.commands.desk import TODAY, Desk
from tests.models.conftest import OTA

pytestmark = pytest.mark.row("E27", "B45")

GONE = 4_242


@pytest.fixture
def drafted(desk: Desk) -> Desk:
    with desk.store.writing(desk.workspace.id) as unit:
        start_draft(unit, with_bands(load_default(), 60, 75), OTA)
    return desk


def told(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.store.reading(desk.workspace.id) as unit:
        rows = unit.session.scalars(select(OutboxItem).order_by(OutboxItem.kind, OutboxItem.key))
        return [(row.kind, row.audience, str(row.payload)) for row in rows]


def show_progress(desk: Desk, pid: int, revision: int = 1) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        key = key_of(2, revision, pid) + desk.clock.at.isoformat()
        outbox.put(unit, key=key, audience=OTA, text="40%", blocks=[])


def tell(desk: Desk) -> str:
    done = tell_unsimulated.work(
        Bench(desk.store, desk.texts, desk.clock, Path("/nowhere")),
        workspace_id=desk.workspace.id,
        version=2,
        revision=1,
        slack_user=OTA,
        pid=GONE,
    )
    return str(done["reference"])


def test_who_saw_nothing_yet_gets_a_message_with_the_reference_and_a_button(
    drafted: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    reference = tell(drafted)
    [(kind, audience, text)] = told(drafted)
    assert (kind, audience) == ("post", OTA)
    assert "第2版の試算は途中で止まり" in text
    assert reference in text
    assert "'value': '2:1'" in text
    assert f"failure {reference}" in caplog.text
    assert str(GONE) in caplog.text


def test_where_it_stood_how_far_it_was_there_stands_that_it_ended(drafted: Desk) -> None:
    show_progress(drafted, GONE)
    show_progress(drafted, GONE + 1)
    show_progress(drafted, GONE, revision=11)
    tell(drafted)
    kinds = [kind for kind, _, _ in told(drafted)]
    assert kinds == ["post", "post", "post", "update"]
    with drafted.store.reading(drafted.workspace.id) as unit:
        update = unit.session.scalars(select(OutboxItem).filter_by(kind="update")).one()
        changed = unit.session.get_one(OutboxItem, (unit.workspace_id, update.post_id))
    assert changed.key.startswith(key_of(2, 1, GONE))


@pytest.mark.slow
def test_a_child_that_is_killed_is_told_of(drafted: Desk, tmp_path: Path) -> None:
    heavy = start(drafted, tmp_path)
    os.kill(wait_for_child(), signal.SIGKILL)
    heavy.finish()
    [(_, audience, text)] = told(drafted)
    assert audience == OTA
    assert "途中で止まり" in text


@pytest.mark.slow
def test_the_reference_that_a_child_tells_is_in_our_own_log(
    drafted: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heavy = ChildProcesses(tmp_path, told_by(drafted, tmp_path), SystemClock(), 60)
    assert heavy.run("simulate_model", **asked(drafted, on="someday")) == {"simulated": False}
    [(_, _, text)] = told(drafted)
    [reference] = set(re.findall(r"参照番号 `(\w+)`", text))
    assert f"failure {reference}" in capsys.readouterr().err


def start(desk: Desk, folder: Path) -> ChildProcesses:
    heavy = ChildProcesses(folder, told_by(desk, folder), SystemClock(), 60)
    heavy.start("simulate_model", **asked(desk))
    return heavy


def asked(desk: Desk, on: str = TODAY.isoformat()) -> dict[str, object]:
    return {
        "workspace_id": desk.workspace.id,
        "version": 2,
        "revision": 1,
        "on": on,
        "slack_user": OTA,
    }


def told_by(desk: Desk, folder: Path) -> dict[str, str]:
    url = desk.store.engine.url.render_as_string(hide_password=False)
    return {"DATABASE_URL": url, "SAKIDORI_STATE_DIR": str(folder)}


def wait_for_child() -> int:
    """The process that we started, as the system lists it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                # After the name in brackets: state and parent.
                if stat.read_text().rpartition(")")[2].split()[1] == str(os.getpid()):
                    return int(stat.parent.name)
        time.sleep(0.02)
    raise AssertionError("no child came")

"""A simulation that is ended from outside, or was never begun: whoever asked hears of it."""

import contextlib
import os
import re
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.children import ChildProcesses
from bot.clock import SystemClock
from bot.commands.model_approval import simulate
from bot.health.edits import with_bands
from bot.health.model import load_default
from bot.jobs.resume_work import resume_work
from bot.services.models.drafts import start_draft
from bot.store import outbox
from bot.store.simulations import SILENCE, ask_simulation, begin_simulation, simulation_key
from bot.store.tables import Member, OutboxItem
from bot.work import simulate_model, tell_unsimulated
from bot.work.bench import Bench
from tests.commands.desk import FRIDAY, TODAY, Desk
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


def ask(desk: Desk, is_begun: bool = True) -> int:
    with desk.store.writing(desk.workspace.id) as unit:
        asked_id = ask_simulation(unit, 2, 1, OTA)
        if is_begun:
            begin_simulation(unit, asked_id, desk.clock.real_now())
    return asked_id


def show_progress(desk: Desk, asked_id: int) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        outbox.put(unit, key=simulation_key(asked_id), audience=OTA, text="40%", blocks=[])


def tell(desk: Desk, asked_id: int) -> str | None:
    done = tell_unsimulated.work(
        bench(desk), workspace_id=desk.workspace.id, asked_id=asked_id, pid=GONE
    )
    reference = done.get("reference")
    return None if reference is None else str(reference)


def bench(desk: Desk) -> Bench:
    return Bench(desk.store, desk.texts, desk.clock, Path("/nowhere"))


def press(desk: Desk) -> None:
    with desk.store.reading(desk.workspace.id) as unit:
        ota = unit.session.scalars(select(Member).filter_by(slack_user=OTA)).one()
    simulate(desk.ask(by=ota, value="2:1"))


def start_again(desk: Desk) -> list[tuple[str, dict[str, object]]]:
    """Another process, whose line is empty; what its first tick has begun."""
    desk.bench.asked.clear()
    resume_work(desk.turn(None))
    return list(desk.bench.asked)


def test_who_saw_nothing_yet_gets_a_message_with_the_reference_and_a_button(
    drafted: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    reference = tell(drafted, ask(drafted))
    assert reference is not None
    [(kind, audience, text)] = told(drafted)
    assert (kind, audience) == ("post", OTA)
    assert "第2版の試算は途中で止まり" in text
    assert reference in text
    assert "'value': '2:1'" in text
    assert f"failure {reference}" in caplog.text
    assert str(GONE) in caplog.text


def test_where_it_stood_how_far_it_was_there_stands_that_it_ended(drafted: Desk) -> None:
    asked, other = ask(drafted), ask(drafted)
    for each in (asked, other):
        show_progress(drafted, each)
    tell(drafted, asked)
    kinds = [kind for kind, _, _ in told(drafted)]
    assert kinds == ["post", "post", "update"]
    with drafted.store.reading(drafted.workspace.id) as unit:
        update = unit.session.scalars(select(OutboxItem).filter_by(kind="update")).one()
        changed = unit.session.get_one(OutboxItem, (unit.workspace_id, update.post_id))
    assert changed.key == simulation_key(asked)


def test_what_was_told_of_meanwhile_is_not_told_again(drafted: Desk) -> None:
    asked_id = ask(drafted)
    assert tell(drafted, asked_id)
    assert tell(drafted, asked_id) is None
    assert len(told(drafted)) == 1


def test_what_still_waited_when_its_process_died_is_done_by_the_next_and_told_once(
    drafted: Desk,
) -> None:
    press(drafted)
    press(drafted)
    lost = drafted.bench.asked[:]
    assert len(lost) == 2
    assert lost[0] == lost[1]
    again = start_again(drafted)
    assert again == lost[:1]
    name, arguments = again[0]
    assert name == "simulate_model"
    for _ in range(2):
        simulate_model.work(bench(drafted), **arguments)  # type: ignore[arg-type]
    [(kind, audience, text)] = told(drafted)
    assert (kind, audience) == ("post", OTA)
    assert "試算の結果|ヘルスモデルの下書き 第2版" in text
    assert start_again(drafted) == []


def test_what_was_under_way_when_all_died_is_told_once_it_has_been_silent(drafted: Desk) -> None:
    asked_id = ask(drafted)
    show_progress(drafted, asked_id)
    drafted.clock.move_to(FRIDAY + SILENCE)
    assert start_again(drafted) == []
    drafted.clock.move_to(FRIDAY + SILENCE + timedelta(seconds=1))
    [(name, arguments)] = start_again(drafted)
    assert name == "tell_unsimulated"
    tell_unsimulated.work(bench(drafted), **arguments)  # type: ignore[arg-type]
    assert "途中で止まり" in told(drafted)[-1][2]
    assert start_again(drafted) == []


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
    return {"workspace_id": desk.workspace.id, "asked_id": ask(desk, is_begun=False), "on": on}


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

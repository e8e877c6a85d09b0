"""Heavy work runs in a child process that may refuse, fail, and be waited for."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.children import ChildProcesses
from bot.clock import ShiftedClock, SystemClock
from bot.core.refusal import Refusal
from bot.services.install import Joining, install_workspace
from bot.store.engine import build_engine
from bot.store.unit import Store


@pytest.fixture
def workspace_id(sqlite_url: str) -> int:
    store = Store(build_engine(sqlite_url), SystemClock())
    return install_workspace(store, Joining("", "T1", "ours", "U0BOT")).id


@pytest.fixture
def children(sqlite_url: str, tmp_path: Path) -> ChildProcesses:
    told = {"DATABASE_URL": sqlite_url, "SAKIDORI_STATE_DIR": str(tmp_path)}
    return ChildProcesses(
        tmp_path, {**told, "SAKIDORI_DEMO": "1"}, ShiftedClock(timedelta(days=3)), 600
    )


@pytest.mark.slow
def test_a_child_answers_with_values(children: ChildProcesses, workspace_id: int) -> None:
    answer = children.run("recompute", workspace_id=workspace_id, run_on="2026-11-20")
    assert answer["run_on"] == "2026-11-20"
    assert answer["scored"] == 0


@pytest.mark.slow
def test_a_refusal_comes_back_as_one(children: ChildProcesses, workspace_id: int) -> None:
    for run_on in ("2026-11-20",):
        children.run("recompute", workspace_id=workspace_id, run_on=run_on)
    with pytest.raises(Refusal) as caught:
        children.run("recompute", workspace_id=workspace_id, run_on="2026-11-19")
    assert caught.value.code == "past_day"


@pytest.mark.slow
def test_a_broken_child_tells_its_last_words(children: ChildProcesses) -> None:
    with pytest.raises(RuntimeError, match="There is no work 'nothing'"):
        children.run("nothing")


@pytest.mark.slow
def test_what_was_started_can_be_waited_for(children: ChildProcesses, workspace_id: int) -> None:
    children.start("read_received", workspace_id=workspace_id)
    assert children.finish() == 1
    assert children.finish() == 0
    children.close()


@pytest.mark.parametrize("room", ["bot.web.app", "bot.slack.sender", "bot.bootstrap", "bot.cli"])
def test_those_who_answer_people_never_load_pandas(room: str) -> None:
    program = f"import {room}, sys; sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

"""A command loads its own room; a child process starts without Slack's libraries and the web's."""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import bot.work
from bot.cli import ROOMS, build_app
from bot.cli.work import list_work
from bot.clock import SystemClock
from bot.services.imports import batches
from bot.services.install import Joining, install_workspace
from bot.store.engine import build_engine
from bot.store.unit import Store

NEVER = {"aiohttp", "alembic", "apscheduler", "slack_bolt", "slack_sdk", "starlette", "uvicorn"}


@pytest.fixture
def environment(sqlite_url: str, tmp_path: Path) -> dict[str, str]:
    """Of a process on a migrated database with one workspace."""
    store = Store(build_engine(sqlite_url), SystemClock())
    install_workspace(store, Joining("", "T0SANDBOX", "Sandbox", "U0BOT"))
    return {**os.environ, "DATABASE_URL": sqlite_url, "SAKIDORI_STATE_DIR": str(tmp_path)}


def run(
    environment: dict[str, str], *words: str, given: str = ""
) -> "subprocess.CompletedProcess[str]":
    """A process that tells on standard error what it imports."""
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot.cli", *words],
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def loaded(done: "subprocess.CompletedProcess[str]") -> set[str]:
    """The packages it imported, at any time of its life."""
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def store_of(environment: dict[str, str]) -> Store:
    return Store(build_engine(environment["DATABASE_URL"]), SystemClock())


def workspace_id(environment: dict[str, str]) -> int:
    return store_of(environment).list_workspaces()[0].id


@pytest.mark.slow
def test_a_child_starts_without_slack_and_the_web(environment: dict[str, str]) -> None:
    given = {"workspace_id": workspace_id(environment), "run_on": "2026-11-20"}
    done = run(environment, "work", "recompute", given=json.dumps(given))
    assert json.loads(done.stdout)["scored"] == 0, done.stderr[-2000:]
    assert {"pandas", "sqlalchemy"} <= loaded(done)
    assert not loaded(done) & NEVER


@pytest.mark.slow
@pytest.mark.parametrize("name", ["read_received", "apply_confirmed"])
def test_a_child_that_finds_no_import_open_ends_before_pandas_is_loaded(
    environment: dict[str, str], name: str
) -> None:
    given = json.dumps({"workspace_id": workspace_id(environment)})
    done = run(environment, "work", name, given=given)
    assert json.loads(done.stdout)["applied"] == 0, done.stderr[-2000:]
    assert not loaded(done) & (NEVER | {"pandas", "numpy"})


@pytest.mark.slow
def test_a_child_that_finds_one_reads_it_without_slack_and_the_web(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "drop" / "accounts.csv"
    path.parent.mkdir()
    path.write_text("顧客ID,会社名\nA1,アクメ商事\n", encoding="utf-8")
    store, workspace = store_of(environment), workspace_id(environment)
    with store.writing(workspace) as unit:
        batches.receive(unit, path, name=path.name, channel=None, member_id=None)
    done = run(environment, "work", "read_received", given=json.dumps({"workspace_id": workspace}))
    assert json.loads(done.stdout)["read"] == 1, done.stderr[-2000:]
    assert not loaded(done) & NEVER


@pytest.mark.slow
def test_an_import_at_the_terminal_starts_without_them_too(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("顧客ID,会社名\nA1,アクメ商事\n", encoding="utf-8")
    done = run(environment, "import", str(path), "--kind", "accounts")
    assert "imported, 1 of 1 rows" in done.stdout
    assert not loaded(done) & NEVER
    scored = run(environment, "recompute")
    assert "accounts scored" in scored.stdout
    assert not loaded(scored) & NEVER


@pytest.mark.slow
def test_a_member_is_added_without_slack_and_without_pandas(environment: dict[str, str]) -> None:
    done = run(environment, "member", "add", "佐藤", "--role", "csm", "--slack-user", "U1")
    assert done.stdout == "佐藤: csm\n"
    assert not loaded(done) & (NEVER | {"pandas", "numpy"})


def commands_of(*words: str) -> list[str]:
    return list(typer.main.get_group(build_app(words)).commands)


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_declares_the_commands_it_is_listed_with(room: str) -> None:
    for command in ROOMS[room]:
        assert set(commands_of(command)) == set(ROOMS[room])


@pytest.mark.parametrize("words", [(), ("--help",), ("reconpute",)])
def test_where_no_command_is_called_all_are_there(words: tuple[str, ...]) -> None:
    assert set(commands_of(*words)) == {one for room in ROOMS.values() for one in room}


@pytest.mark.slow
def test_a_mistyped_command_is_told_which_one_was_meant(environment: dict[str, str]) -> None:
    done = run(environment, "reconpute")
    assert done.returncode == 2
    assert "Did you mean 'recompute'" in " ".join(done.stderr.split())


def test_work_is_every_file_of_its_room_that_can_be_called() -> None:
    callable_names = [
        name
        for name in (one.name for one in pkgutil.iter_modules(bot.work.__path__))
        if hasattr(importlib.import_module(f"bot.work.{name}"), "work")
    ]
    assert list_work() == sorted(callable_names)

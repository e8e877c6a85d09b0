"""A file that takes too long is tried once more and then given up with a word to its owner."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.children import ChildProcesses, TookTooLong
from bot.clock import SystemClock
from bot.services.imports import batches
from bot.services.imports.alone import APPLYING, READING, alone, hold
from bot.store.tables import InboxEvent
from bot.work import set_back
from tests.imports.office import Office
from tests.imports.test_killed_and_at_once import ACCOUNTS, add_member, bench_of, drop, said

DEAD = 999_999


def children(office: Office, seconds: float) -> ChildProcesses:
    url = office.store.engine.url.render_as_string(hide_password=False)
    told = {"DATABASE_URL": url, "SAKIDORI_STATE_DIR": str(office.folder)}
    return ChildProcesses(office.folder, told, SystemClock(), seconds)


def endless(office: Office) -> int:
    """A dropped file that gives its reader nothing and never ends."""
    batch_id = drop(office, "one.csv", ACCOUNTS, add_member(office, is_trusted=False))
    path = Path(office.batch(batch_id).staged_at_path)
    path.unlink()
    os.mkfifo(path)
    return batch_id


def strikes(office: Office) -> int:
    with office.store.reading(office.workspace_id) as unit:
        wanted = select(InboxEvent.id).where(InboxEvent.meaning.startswith("import_strike:"))
        return len(list(unit.session.scalars(wanted)))


def in_hand(office: Office, deed: str, batch_id: int) -> None:
    """What a process leaves that was killed with a file in hand."""
    (office.folder / "drops").mkdir(parents=True, exist_ok=True)
    hold(office.folder, office.workspace_id, deed, batch_id)


def see_to(office: Office, pid: int) -> None:
    set_back.work(bench_of(office), workspace_id=office.workspace_id, pid=pid)


@pytest.mark.row("X16")
def test_the_second_time_the_file_has_failed_and_its_owner_is_told(small_office: Office) -> None:
    batch_id = drop(small_office, "one.csv", ACCOUNTS, add_member(small_office, is_trusted=False))
    in_hand(small_office, READING, batch_id)
    see_to(small_office, os.getpid())
    assert small_office.batch(batch_id).state == batches.RECEIVED
    assert said(small_office) == []
    see_to(small_office, os.getpid())
    assert small_office.batch(batch_id).state == batches.FAILED
    assert "時間内に終わりませんでした" in said(small_office)[-1][1]


def test_a_file_with_rows_in_is_stopped_and_not_failed(small_office: Office) -> None:
    path = small_office.write("accounts.csv", ACCOUNTS)
    batch_id = small_office.receive(path, small_office.look(path))
    with small_office.store.writing(small_office.workspace_id) as unit:
        batches.step(unit, batch_id, 1, 2)
    in_hand(small_office, APPLYING, batch_id)
    for _ in range(2):
        see_to(small_office, os.getpid())
    assert small_office.batch(batch_id).state == batches.STOPPED


def test_one_that_comes_on_between_two_kills_is_never_given_up(small_office: Office) -> None:
    path = small_office.write("accounts.csv", ACCOUNTS)
    batch_id = small_office.receive(path, small_office.look(path))
    in_hand(small_office, APPLYING, batch_id)
    for rows in (0, 1, 2):
        with small_office.store.writing(small_office.workspace_id) as unit:
            batches.step(unit, batch_id, rows, 3)
        see_to(small_office, os.getpid())
    assert small_office.batch(batch_id).state == batches.APPLYING


def test_who_had_no_file_in_hand_leaves_none_struck(small_office: Office) -> None:
    batch_id = drop(small_office, "one.csv", ACCOUNTS, add_member(small_office, is_trusted=False))
    in_hand(small_office, READING, batch_id)
    see_to(small_office, DEAD)
    with alone(small_office.folder, small_office.workspace_id, READING):
        pass
    see_to(small_office, os.getpid())
    assert strikes(small_office) == 0


@pytest.mark.slow
def test_waiting_for_another_process_is_no_strike(small_office: Office) -> None:
    batch_id = drop(small_office, "one.csv", ACCOUNTS, add_member(small_office, is_trusted=False))
    heavy = children(small_office, 3)
    with alone(small_office.folder, small_office.workspace_id, READING):
        in_hand(small_office, READING, batch_id)
        with pytest.raises(TookTooLong):
            heavy.run("read_received", workspace_id=small_office.workspace_id)
    assert strikes(small_office) == 0


@pytest.mark.slow
def test_being_stopped_from_outside_is_no_strike(small_office: Office) -> None:
    batch_id = endless(small_office)
    heavy = children(small_office, 600)
    heavy.start("read_received", workspace_id=small_office.workspace_id)
    lock = small_office.folder / "drops" / f"{small_office.workspace_id}-{READING}.lock"
    wait_until(lambda: lock.exists() and str(batch_id) in lock.read_text())
    os.kill(int(lock.read_text().split()[0]), signal.SIGTERM)
    heavy.finish()
    assert strikes(small_office) == 0
    assert small_office.batch(batch_id).state == batches.RECEIVED


@pytest.mark.slow
@pytest.mark.row("X16")
def test_a_reading_that_never_ends_is_killed_and_struck(small_office: Office) -> None:
    batch_id = endless(small_office)
    # The limit counts from the start of the process: long enough to have the file in hand.
    for seconds in (4, 16, 64, 256):
        heavy = children(small_office, seconds)
        heavy.start("read_received", workspace_id=small_office.workspace_id)
        heavy.finish()
        if strikes(small_office):
            break
    assert strikes(small_office) == 1
    assert small_office.batch(batch_id).state == batches.RECEIVED


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)

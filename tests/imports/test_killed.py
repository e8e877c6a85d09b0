"""An import whose process is killed goes on where it was, and ends as if nothing had happened."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.import_report import ImportReport
from bot.services.imports import batches
from bot.services.imports.drops import staging_of
from tests.imports.office import Office
from tests.imports.usage_files import large_text
from tests.kill.processes import Forked, Nursery, nursery

# One worker: the nursery is opened once.
pytestmark = pytest.mark.xdist_group("killed")

REFS = [f"A{at:04d}" for at in range(2_200)]


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Processes that need not read their code, so that a kill meets their work."""
    with nursery(tmp_path_factory.mktemp("nursery")) as opened:
        yield opened


def start(warm: Nursery, office: Office, batch_id: int, path: Path, blocks: int) -> Forked:
    url = office.store.engine.url.render_as_string(hide_password=False)
    words = map(str, (url, office.workspace_id, batch_id, path, blocks))
    log = office.folder / "killed.log"
    return warm.start(list(words), os.environ, log, module="tests.imports.killed")


def received(office: Office, text: str, name: str = "usage.csv") -> tuple[int, Path]:
    path = office.write(name, text)
    return office.receive(path, office.look(path)), path


def finish(office: Office, batch_id: int, path: Path) -> None:
    report = ImportReport.from_json(office.batch(batch_id).report)
    office.apply(batch_id, path, report)


@pytest.mark.row("E5", "X16")
@pytest.mark.parametrize("blocks", [1, 2])
def test_a_kill_between_blocks_is_resumed_at_the_committed_offset(
    warm: Nursery, office: Office, blocks: int
) -> None:
    office.add_accounts(*REFS)
    text = large_text(REFS, 70)
    batch_id, path = received(office, text)
    killed = start(warm, office, batch_id, path, blocks)
    assert killed.wait() == -signal.SIGKILL
    batch = office.batch(batch_id)
    assert batch.state == batches.APPLYING
    assert batch.applied_rows == (1000, 2000)[blocks - 1]
    assert staging_of(path).is_dir()
    finish(office, batch_id, path)
    assert office.batch(batch_id).state == batches.APPLIED
    assert not staging_of(path).exists()
    again = office.look(office.write("usage.csv", text))
    assert [(one.new, one.changed, one.unchanged) for one in again.counts] == [(0, 0, 154_000)]


@pytest.mark.row("E5", "X16")
@pytest.mark.slow
def test_kills_at_any_moment_leave_nothing_half_applied(
    warm: Nursery, small_office: Office
) -> None:
    office = small_office
    office.add_accounts(*REFS)
    text = large_text(REFS, 70)
    batch_id, path = received(office, text)
    moments = random.Random(20_261_120)
    for _ in range(6):
        running = start(warm, office, batch_id, path, 1_000)
        time.sleep(moments.uniform(0.05, 1.5))
        if running.poll() is None:
            os.kill(running.pid, signal.SIGKILL)
        if running.wait() == 0:
            break
        # Every account has all of its days or none of them, and the count of days agrees.
        check_whole(office)
    if office.batch(batch_id).state != batches.APPLIED:
        finish(office, batch_id, path)
    whole = office.look(office.write("usage.csv", text))
    assert [(one.new, one.changed, one.unchanged) for one in whole.counts] == [(0, 0, 154_000)]


def check_whole(office: Office) -> None:
    tables = office.dump()
    chunks = [row[2] for row in tables.get("usage_chunks", [])]
    accounts = set(chunks)
    assert all(chunks.count(one) == 2 for one in list(accounts)[:50])
    assert len(chunks) == 2 * len(accounts)
    assert {row[3] for row in tables.get("usage_days", [])} <= {str(len(accounts))}


@pytest.mark.row("E5", "X16")
def test_a_small_file_of_several_kinds_is_resumed_too(warm: Nursery, office: Office) -> None:
    rows = "".join(f"N{at:04d},会社{at},5\n" for at in range(2_500))
    text = f"顧客ID,顧客名,席数\n{rows}"
    batch_id, path = received(office, text, "accounts.csv")
    assert start(warm, office, batch_id, path, 2).wait() == -signal.SIGKILL
    assert len(office.dump()["accounts"]) == 2_000
    finish(office, batch_id, path)
    assert len(office.dump()["accounts"]) == 2_500
    again = office.look(office.write("accounts.csv", text))
    assert [(one.new, one.changed, one.unchanged) for one in again.counts] == [(0, 0, 2_500)]

"""Two imports at once, and one whose process was killed: nothing lost, nothing told twice."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from bot.core.refusal import AlreadyDone
from bot.services.imports import batches
from bot.services.imports.alone import APPLYING, alone
from bot.slack.requests import read_event
from bot.store.bulk.usage import write_usage
from bot.store.tables import Account, ImportBatch, Member, OutboxItem
from bot.texts import Texts
from bot.views.reply import Quiet
from bot.work import apply_confirmed, read_received
from bot.work.bench import Bench
from tests.house import OPS, OPS_ROOM, PATIENCE, House
from tests.imports.office import Office
from tests.usage_rows import export_usage

ACCOUNTS = "顧客ID,顧客名,席数\nA1,アクメ,10\nA2,ベータ,20\n"
MORE = "顧客ID,顧客名,席数\nA3,ガンマ,30\n"


def bench_of(office: Office) -> Bench:
    return Bench(office.store, Texts(), office.clock, office.folder)


def add_member(office: Office, *, is_trusted: bool) -> int:
    with office.store.writing(office.workspace_id) as unit:
        member = Member(name="大野", slack_user="U0OPS", roles=["ops"], known_at=unit.at)
        unit.add(member)
        unit.session.flush()
        if is_trusted:
            batches.trust_deliveries(unit, [member.id], "test")
        return member.id


def drop(office: Office, name: str, text: str, member_id: int) -> int:
    """What is kept of a file that was dropped in Slack."""
    path = office.write(name, text)
    office.clock.move_to(office.clock.now() + timedelta(seconds=1))
    with office.store.writing(office.workspace_id) as unit:
        return batches.receive(unit, path, name=name, channel=OPS_ROOM, member_id=member_id)


def said(office: Office) -> list[tuple[str, str]]:
    """Everything in the outbox, oldest first."""
    with office.store.reading(office.workspace_id) as unit:
        items = unit.session.scalars(select(OutboxItem).order_by(OutboxItem.created_at))
        return [(item.kind, item.payload["text"]) for item in items]


def die_before_telling(office: Office, batch_id: int) -> None:
    """All that a process had done that was killed between applying a file and saying so."""
    bench, batch = bench_of(office), office.batch(batch_id)
    with office.store.writing(office.workspace_id) as unit:
        report = office.look(Path(batch.staged_at_path))
        batches.keep_report(unit, batch_id, report, {})
        batches.confirm(unit, batch_id, "test")
    apply_confirmed.apply_one(bench, office.workspace_id, office.batch(batch_id))
    assert office.batch(batch_id).state == batches.APPLIED


def test_a_delivery_applied_by_a_killed_process_is_told_with_the_next_and_once(
    small_office: Office,
) -> None:
    robot = add_member(small_office, is_trusted=True)
    die_before_telling(small_office, drop(small_office, "one.csv", ACCOUNTS, robot))
    assert said(small_office) == []
    drop(small_office, "two.csv", MORE, robot)
    for _ in range(2):
        read_received.work(bench_of(small_office), workspace_id=small_office.workspace_id)
    [(_, told)] = said(small_office)
    assert "2件" in told


def test_a_persons_import_applied_by_a_killed_process_is_told_in_its_post(
    small_office: Office,
) -> None:
    person = add_member(small_office, is_trusted=False)
    batch_id = drop(small_office, "one.csv", ACCOUNTS, person)
    die_before_telling(small_office, batch_id)
    for _ in range(2):
        apply_confirmed.work(bench_of(small_office), workspace_id=small_office.workspace_id)
    assert [kind for kind, _ in said(small_office)] == ["post"]
    assert small_office.batch(batch_id).is_told


def test_a_file_that_was_cancelled_while_it_was_read_stays_cancelled(small_office: Office) -> None:
    person = add_member(small_office, is_trusted=False)
    batch_id = drop(small_office, "one.csv", ACCOUNTS, person)
    report = small_office.look(Path(small_office.batch(batch_id).staged_at_path))
    with small_office.store.writing(small_office.workspace_id) as unit:
        batches.cancel(unit, batch_id, "test")
    with pytest.raises(AlreadyDone), small_office.store.writing(small_office.workspace_id) as unit:
        batches.keep_report(unit, batch_id, report, {})
    assert small_office.batch(batch_id).state == batches.CANCELLED


def test_counts_of_an_import_that_was_killed_are_those_that_were_promised(office: Office) -> None:
    path = office.write("accounts.csv", ACCOUNTS)
    report = office.look(path)
    batch_id = office.receive(path, report)
    office.add_accounts("A1")
    with office.store.writing(office.workspace_id) as unit:
        batches.step(unit, batch_id, 1, 2)
    made = office.apply(batch_id, path, report)
    assert [(one.new, one.changed, one.unchanged) for one in made.counts] == [(2, 0, 0)]


def test_two_feeds_that_write_the_same_accounts_at_once_keep_both_metrics(office: Office) -> None:
    office.add_accounts("A1")
    [account] = office.rows(Account)
    ids, day, one = np.array([account.id]), date(2026, 11, 18), np.ones((1, 1, 1))

    def second() -> None:
        with office.store.writing(office.workspace_id) as unit:
            write_usage(unit, ["exports"], ids, day, one * 2)

    with office.store.writing(office.workspace_id) as unit:
        write_usage(unit, ["logins"], ids, day, one)
        other = threading.Thread(target=second)
        other.start()
        other.join(0.5)
    other.join()
    with office.store.reading(office.workspace_id) as unit:
        kept = {name: value for _, name, _, value in export_usage(unit, ids, (day, day))}
    assert kept == {"logins": 1.0, "exports": 2.0}


def test_a_dropped_file_whose_worker_was_killed_half_way_becomes_one_import(
    house: House, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(ACCOUNTS, encoding="utf-8")
    house.visitor.drops(OPS, OPS_ROOM, path)
    house.settle()
    [file_id] = house.sandbox.slack.world.files
    told = {"type": "file_shared", "file_id": file_id, "user_id": OPS, "channel_id": OPS_ROOM}
    request = read_event({"team_id": "T0SANDBOX", "event": {**told, "event_ts": "1.1"}})
    assert isinstance(house.bot.runner.handle(request), Quiet)
    with house.bot.store.reading(house.workspace.id) as unit:
        assert len(list(unit.session.scalars(select(ImportBatch)))) == 1
        assert batches.is_taken(unit, file_id)


HOLD = """
import sys, time
from pathlib import Path
from bot.services.imports.alone import alone
with alone(Path(sys.argv[1]), 1, sys.argv[2]):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that applies files."""
    words = [sys.executable, "-c", HOLD, str(tmp_path), APPLYING]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_import_waits_and_begins_the_moment_the_first_is_killed(
    holder: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    entered = threading.Event()

    def wait_for_turn() -> None:
        with alone(tmp_path, 1, APPLYING):
            entered.set()

    waiting = threading.Thread(target=wait_for_turn)
    waiting.start()
    with alone(tmp_path, 2, APPLYING):
        assert not entered.wait(0.3)
    holder.kill()
    waiting.join(PATIENCE)
    assert entered.is_set()


def test_what_a_killed_import_left_goes_in_before_newer_facts(small_office: Office) -> None:
    old = small_office.write("accounts.csv", "顧客ID,顧客名,席数\nA1,アクメ,10\n")
    small_office.receive(old, small_office.look(old))
    bench = bench_of(small_office)
    assert apply_confirmed.apply_all(bench, small_office.workspace_id) == 1
    small_office.bring_text("accounts.csv", "顧客ID,顧客名,席数\nA1,アクメ,20\n")
    assert apply_confirmed.apply_all(bench, small_office.workspace_id) == 0
    assert small_office.account("A1").seats == 20
    assert {one.state for one in small_office.rows(ImportBatch)} == {batches.APPLIED}

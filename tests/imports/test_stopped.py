"""An import that breaks midway: tried again, told honestly, and able to go on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.core.refusal import AlreadyDone
from bot.services.imports import batches
from bot.services.imports.drops import staging_of
from bot.store.tables import Account
from bot.work import apply_confirmed, read_received
from tests.house import OPS, OPS_ROOM, House
from tests.imports.office import Office
from tests.imports.test_killed_and_at_once import add_member, bench_of, drop, said
from tests.imports.usage_files import large_text

HEAD = "顧客ID,顧客名,席数\n"
ROWS = "".join(f"N{at:04d},会社{at},5\n" for at in range(1_500))


@contextmanager
def broken(engine: Engine, table: str, when: str) -> Iterator[None]:
    """A database that takes no row of this kind, as one whose disk is full."""
    rule = f"WHEN {when} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    with closing(sqlite3.connect(str(engine.url.database), timeout=30)) as connection:
        connection.execute(f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} {rule}")
        yield
        connection.execute("DROP TRIGGER full_disk")


def confirmed(office: Office, content: str, name: str = "accounts.csv") -> int:
    batch_id = drop(office, name, content, add_member(office, is_trusted=False))
    read_received.work(bench_of(office), workspace_id=office.workspace_id)
    with office.store.writing(office.workspace_id) as unit:
        batches.confirm(unit, batch_id, "test")
    return batch_id


def apply_all(office: Office) -> int:
    return apply_confirmed.apply_all(bench_of(office), office.workspace_id)


@pytest.mark.row("E5", "X16")
def test_a_file_that_breaks_with_rows_in_says_how_many_and_goes_on(small_office: Office) -> None:
    office = small_office
    batch_id = confirmed(office, HEAD + ROWS)
    with broken(office.store.engine, "accounts", "NEW.ref = 'N1200'"):
        assert apply_all(office) == 0
    batch = office.batch(batch_id)
    assert (batch.state, batch.applied_rows) == (batches.STOPPED, 1_000)
    assert len(office.rows(Account)) == 1_000
    told = said(office)[-1][1]
    assert "1,500件のうち1,000件" in told
    assert "失われ" not in told
    assert Path(batch.staged_at_path).exists()
    with office.store.writing(office.workspace_id) as unit:
        batches.go_on(unit, batch_id, "test")
    assert apply_all(office) == 1
    assert len(office.rows(Account)) == 1_500
    assert office.batch(batch_id).state == batches.APPLIED


def test_one_that_breaks_before_a_row_is_in_has_failed_and_nothing_is_kept(
    small_office: Office,
) -> None:
    batch_id = confirmed(small_office, HEAD + ROWS)
    with broken(small_office.store.engine, "accounts", "NEW.ref = 'N0003'"):
        apply_all(small_office)
    assert small_office.batch(batch_id).state == batches.FAILED
    assert small_office.rows(Account) == []
    assert "何も保存していません" in said(small_office)[-1][1]


def test_a_file_behind_a_stopped_one_does_not_wait_for_it(small_office: Office) -> None:
    first = confirmed(small_office, HEAD + ROWS)
    path = small_office.write("more.csv", HEAD + "Z1,後の会社,3\n")
    second = small_office.receive(path, small_office.look(path))
    with broken(small_office.store.engine, "accounts", "NEW.ref = 'N1200'"):
        assert apply_all(small_office) == 1
    assert small_office.batch(first).state == batches.STOPPED
    assert small_office.batch(second).state == batches.APPLIED


@pytest.mark.row("E5", "X16")
def test_a_staged_usage_file_goes_on_from_its_staging(small_office: Office) -> None:
    refs = [f"A{at:04d}" for at in range(1_300)]
    small_office.add_accounts(*refs)
    batch_id = confirmed(small_office, large_text(refs, 70), "usage.csv")
    last = small_office.account("A1299").id
    with broken(small_office.store.engine, "usage_chunks", f"NEW.account_id = {last}"):
        apply_all(small_office)
    batch = small_office.batch(batch_id)
    assert (batch.state, batch.applied_rows, batch.total_rows) == (batches.STOPPED, 1_000, 1_300)
    assert staging_of(Path(batch.staged_at_path)).is_dir()
    with small_office.store.writing(small_office.workspace_id) as unit:
        batches.go_on(unit, batch_id, "test")
    assert apply_all(small_office) == 1
    again = small_office.look(small_office.write("usage.csv", large_text(refs, 70)))
    assert [(one.new, one.changed, one.unchanged) for one in again.counts] == [(0, 0, 91_000)]


def test_one_that_breaks_again_at_the_same_place_stops_again_at_once(small_office: Office) -> None:
    batch_id = confirmed(small_office, HEAD + ROWS)
    with broken(small_office.store.engine, "accounts", "NEW.ref = 'N1200'"):
        for _ in range(2):
            apply_all(small_office)
            assert small_office.batch(batch_id).state == batches.STOPPED
            with small_office.store.writing(small_office.workspace_id) as unit:
                batches.go_on(unit, batch_id, "test")
        apply_all(small_office)
    assert small_office.batch(batch_id).state == batches.STOPPED


def test_only_a_stopped_import_goes_on(small_office: Office) -> None:
    batch_id = confirmed(small_office, HEAD + "A1,アクメ,1\n")
    apply_all(small_office)
    with (
        pytest.raises(AlreadyDone),
        small_office.store.writing(small_office.workspace_id) as unit,
    ):
        batches.go_on(unit, batch_id, "test")
    assert small_office.batch(batch_id).state == batches.APPLIED


@pytest.mark.slow
@pytest.mark.row("E5", "X16")
def test_in_slack_the_rest_is_one_press_away(house: House, tmp_path: Path) -> None:
    # The child lives on the real day, and what it says must not lie ahead of the house's.
    house.at(datetime(2036, 11, 20, tzinfo=UTC))
    path = tmp_path / "accounts.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    house.drops(OPS, path)
    shown(house)
    with broken(house.bot.store.engine, "accounts", "NEW.ref = 'N1200'"):
        house.clicks(OPS, "取り込む", OPS_ROOM)
        assert "途中で止まりました" in shown(house)
    house.clicks(OPS, "続きを取り込む", OPS_ROOM)
    assert "取り込み済み(大野)" in shown(house)


def shown(house: House) -> str:
    house.rest()
    house.bot.heavy.finish()
    house.send()
    return "\n".join(house.reads(OPS, OPS_ROOM))

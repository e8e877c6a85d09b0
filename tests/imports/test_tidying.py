"""Received files are taken away once nobody needs them, and never before."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.core.refusal import Refusal
from bot.services.imports import batches
from bot.services.imports.drops import keep_copy, staging_of
from bot.services.imports.tidying import tidy
from bot.store.tables import AccountAlias, ImportBatch
from bot.work import send_refused
from tests.house import OPS, House
from tests.imports.office import Office
from tests.imports.test_killed_and_at_once import ACCOUNTS, bench_of

USAGE = "顧客ID,日付,ログイン数\nA1,2026-11-18,3\nX9,2026-11-18,4\n"


def kept_file(office: Office, text: str = ACCOUNTS, name: str = "accounts.csv") -> Path:
    """A file where received ones lie."""
    return keep_copy(office.folder, office.workspace_id, office.write(name, text))


def sweep(office: Office, days: float) -> int:
    """Some days later."""
    office.clock.move_to(office.clock.now() + timedelta(days=days))
    return tidy(office.store, office.workspace_id, office.folder)


def in_state(office: Office, state: str) -> tuple[int, Path]:
    path = kept_file(office)
    batch_id = office.receive(path, office.look(path))
    staging_of(path).mkdir()
    with office.store.writing(office.workspace_id) as unit:
        batches.get_batch(unit, batch_id).state = state
    return batch_id, path


@pytest.mark.parametrize(
    ("state", "kept_days", "gone_days"),
    [(batches.CANCELLED, 0.9, 1.1), (batches.FAILED, 0.9, 1.1), (batches.APPLIED, 13.9, 14.1)],
)
def test_a_file_that_is_over_goes_with_its_staging_after_its_days(
    office: Office, state: str, kept_days: float, gone_days: float
) -> None:
    _, path = in_state(office, state)
    assert sweep(office, kept_days) == 0
    assert path.exists()
    assert sweep(office, gone_days - kept_days) == 1
    assert not path.parent.exists()
    assert sweep(office, 1) == 0


@pytest.mark.parametrize(
    "state",
    [
        *(batches.RECEIVED, batches.WAITING, batches.CONFIRMED, batches.APPLYING),
        batches.STOPPED,
    ],
)
def test_what_is_open_keeps_its_file_however_long(small_office: Office, state: str) -> None:
    _, path = in_state(small_office, state)
    assert sweep(small_office, 400) == 0
    assert path.exists()
    assert staging_of(path).exists()


def test_a_file_that_lies_elsewhere_is_left_to_its_owner(small_office: Office) -> None:
    path = small_office.write("mine.csv", ACCOUNTS)
    small_office.apply(
        small_office.receive(path, small_office.look(path)), path, small_office.look(path)
    )
    assert sweep(small_office, 15) == 1
    assert path.exists()


def test_refused_rows_of_a_file_that_is_gone_are_refused_with_the_mend(
    small_office: Office,
) -> None:
    batch_id, _ = in_state(small_office, batches.APPLIED)
    sweep(small_office, 15)
    with pytest.raises(Refusal) as caught:
        send_refused.work(
            bench_of(small_office),
            workspace_id=small_office.workspace_id,
            batch_id=batch_id,
            slack_user="U0OPS",
            locale="ja",
        )
    assert caught.value.code == "file_tidied"


@pytest.mark.parametrize(("days", "expected"), [(13, batches.RECEIVED), (15, batches.APPLIED)])
def test_an_id_linked_late_is_learnt_and_the_file_read_again_while_it_is_there(
    small_office: Office, days: int, expected: str
) -> None:
    small_office.add_accounts("A1")
    path = kept_file(small_office, USAGE, "usage.csv")
    report = small_office.look(path)
    batch_id = small_office.receive(path, report)
    small_office.apply(batch_id, path, report)
    sweep(small_office, days)
    with small_office.store.writing(small_office.workspace_id) as unit:
        account_id = small_office.account("A1").id
        is_read_again = batches.link(unit, batch_id, "X9", account_id, "test")
    assert is_read_again is (expected == batches.RECEIVED)
    assert small_office.batch(batch_id).state == expected
    assert [one.ref for one in small_office.rows(AccountAlias)] == ["X9"]


def test_the_job_that_resumes_imports_tidies_too(house: House, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(ACCOUNTS, encoding="utf-8")
    house.drops(OPS, path)
    house.bot.heavy.finish()
    with house.bot.store.writing(house.workspace.id) as unit:
        [batch] = unit.session.scalars(select(ImportBatch))
        kept, batch.state = Path(batch.staged_at_path), batches.CANCELLED
    assert kept.exists()
    house.at(house.clock.now() + timedelta(days=4000))
    house.run_job("resume_work")
    assert not kept.parent.exists()

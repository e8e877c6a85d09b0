"""Large usage files through the service: staged, linked, applied, resumed; on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.refusal import AlreadyDone
from bot.ingest.staged import Staged
from bot.services.imports import batches
from bot.services.imports.drops import staging_of
from bot.store.tables import Account, AccountAlias, SavedMapping, TouchedAccount, UsageChunk
from tests.imports.office import Office
from tests.imports.usage_files import FIRST_ON, HEADER, large_text

REFS = [f"A{at:04d}" for at in range(1_300)]
DAYS = 70


def large(office: Office, text: str) -> Path:
    return office.write("usage.csv", text)


@pytest.mark.row("B1", "E5")
def test_a_large_file_is_applied_and_the_same_again_changes_nothing(office: Office) -> None:
    office.add_accounts(*REFS)
    path = large(office, large_text(REFS, DAYS))
    report = office.bring(path)
    (count,) = report.counts
    assert (report.rows, count.new, count.changed, count.unchanged) == (91_000, 91_000, 0, 0)
    assert [one.name for one in report.samples] == REFS[:3]
    assert not staging_of(path).exists()
    assert {one.id for one in office.rows(TouchedAccount)} == {
        one.id for one in office.rows(Account)
    }
    assert [one.kind for one in office.rows(SavedMapping)] == ["usage_daily"]
    before = office.dump()
    again = office.look(large(office, large_text(REFS, DAYS)))
    assert [(one.new, one.changed, one.unchanged) for one in again.counts] == [(0, 0, 91_000)]
    assert office.dump() == before


@pytest.mark.row("E5")
def test_a_large_correction_overwrites_what_it_speaks_of_and_nothing_else(office: Office) -> None:
    office.add_accounts(*REFS)
    text = large_text(REFS, DAYS)
    office.bring(large(office, text))
    lines = text.splitlines()
    lines[1] = f"{REFS[0]},{FIRST_ON},999,1,1"
    lines[2] = f"{REFS[1]},{FIRST_ON},削除,削除,削除"
    lines.append(f"{REFS[2]},2026-11-19,5,5,5")
    report = office.bring(large(office, "\n".join(lines) + "\n"))
    (count,) = report.counts
    assert (count.new, count.changed, count.unchanged) == (1, 2, 90_998)
    again = office.look(large(office, "\n".join(lines) + "\n"))
    assert [(one.new, one.changed) for one in again.counts] == [(0, 0)]


@pytest.mark.row("B1", "X17")
def test_ids_nobody_knows_stay_out_of_a_large_file_until_they_are_linked(office: Office) -> None:
    office.add_accounts(*REFS[:-2])
    path = large(office, large_text(REFS, DAYS))
    report = office.look(path)
    assert {(one.ref, one.rows) for one in report.unlinked} == {
        (REFS[-2], DAYS),
        (REFS[-1], DAYS),
    }
    assert report.unlinked_rows == 2 * DAYS
    batch_id = office.receive(path, report)
    office.apply(batch_id, path, report)
    with office.store.writing(office.workspace_id) as unit:
        batches.link(unit, batch_id, REFS[-1], office.account(REFS[0]).id, "U0OPS")
    waiting = office.look(path)
    assert [(one.ref, one.rows) for one in waiting.unlinked] == [(REFS[-2], DAYS)]
    (count,) = waiting.counts
    # The days of the linked id meet those its account has already: one account, one day.
    assert count.new == 0
    assert count.changed + count.unchanged == 1_298 * DAYS
    with office.store.writing(office.workspace_id) as unit, pytest.raises(AlreadyDone):
        batches.link(unit, batch_id, REFS[-1], office.account(REFS[1]).id, "U0OPS")


def test_the_report_and_the_applying_share_one_parse(small_office: Office) -> None:
    small_office.add_accounts(*REFS)
    path = large(small_office, large_text(REFS, DAYS))
    report = small_office.look(path)
    written = (staging_of(path) / "report.json").stat().st_mtime_ns
    opened = small_office.open(path)
    assert opened.is_resumed
    assert (staging_of(path) / "report.json").stat().st_mtime_ns == written
    small_office.apply(small_office.receive(path, report), path, report)
    assert len(small_office.rows(UsageChunk)) == len(REFS) * 2


@pytest.mark.row("E5")
def test_a_half_written_staging_is_made_anew(small_office: Office) -> None:
    small_office.add_accounts(*REFS)
    path = large(small_office, large_text(REFS, DAYS))
    whole = small_office.look(path)
    staging = staging_of(path)
    (staging / "report.json").unlink()
    (staging / "usage_daily" / "000000.npy").write_bytes(b"half")
    (staging / "usage_daily" / "000001.spool").write_bytes(b"left behind")
    with pytest.raises(FileNotFoundError):
        Staged.open(staging)
    assert small_office.look(path) == whole
    assert small_office.open(path).staged is not None


def test_a_cancelled_file_leaves_no_staging(small_office: Office) -> None:
    small_office.add_accounts(*REFS)
    path = large(small_office, large_text(REFS, DAYS))
    with small_office.store.writing(small_office.workspace_id) as unit:
        batch_id = batches.receive(unit, path, name=path.name, channel=None, member_id=None)
    report = small_office.look(path)
    assert staging_of(path).is_dir()
    with small_office.store.writing(small_office.workspace_id) as unit:
        batches.keep_report(unit, batch_id, report, {})
        batches.cancel(unit, batch_id, "U0OPS")
    assert not staging_of(path).exists()
    assert small_office.rows(UsageChunk) == []


def test_a_customer_known_by_two_ids_in_one_file_is_written_once(small_office: Office) -> None:
    small_office.add_accounts(*REFS[:-1])
    first = small_office.account(REFS[0]).id
    with small_office.store.writing(small_office.workspace_id) as unit:
        unit.add(AccountAlias(account_id=first, source="hand", ref=REFS[-1], known_at=unit.at))
    text = large_text(REFS[:-1], DAYS) + f"{REFS[-1]},{FIRST_ON},77,,\n"
    report = small_office.bring(large(small_office, text))
    assert [one.new for one in report.counts] == [1_299 * DAYS]
    again = small_office.look(large(small_office, text))
    assert [(one.new, one.changed) for one in again.counts] == [(0, 0)]


def test_names_beside_ids_link_what_the_ids_do_not(small_office: Office) -> None:
    small_office.add_accounts(*REFS[:-1])
    small_office.add_accounts("C1", name="株式会社さくら", folded="さくら")
    body = large_text(REFS[:-1], DAYS).splitlines()
    lines = [line.replace(",", ",,", 1) for line in body]
    lines[0] = HEADER.replace("account_id,", "account_id,account_name,")
    lines += [f"??,(株)さくら,{FIRST_ON},5,5,5", f",さくら,{FIRST_ON + timedelta(days=1)},6,6,6"]
    report = small_office.bring(large(small_office, "\n".join(lines) + "\n"))
    assert (report.unlinked, report.refused) == ((), 0)
    sakura = small_office.account("C1").id
    assert [one.account_id for one in small_office.rows(UsageChunk)].count(sakura) == 1
    (count,) = report.counts
    assert count.new == 1_299 * DAYS + 2

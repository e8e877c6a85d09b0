"""What is applied is what was shown, whatever is answered for another file in between."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.core.import_report import ImportReport
from bot.services.imports import batches
from bot.services.imports.drops import staging_of
from bot.store.tables import Contract, Member, SavedMapping
from bot.work import apply_confirmed, read_received, send_refused
from tests.imports.office import Office
from tests.imports.test_killed_and_at_once import add_member, bench_of, drop

# Whether the amount is in yen or in thousands of yen the file does not say.
BARE = "顧客ID,契約番号,契約終了日,ARR(税抜)\n"
UNIT = "unit:arr_amount"
WHOLE, THOUSANDS = "JPY", "JPY_1000"


def received(office: Office, name: str, row: str) -> int:
    """A file that was dropped by a person and read."""
    batch_id = drop(office, name, BARE + row, member(office))
    read(office)
    return batch_id


def member(office: Office) -> int:
    known = office.rows(Member)
    return known[0].id if known else add_member(office, is_trusted=False)


def read(office: Office) -> None:
    read_received.work(bench_of(office), workspace_id=office.workspace_id)


def confirm(office: Office, batch_id: int) -> None:
    with office.store.writing(office.workspace_id) as unit:
        batches.confirm(unit, batch_id, "test")


def answer(office: Office, batch_id: int, option: str) -> None:
    with office.store.writing(office.workspace_id) as unit:
        batches.answer(unit, batch_id, UNIT, option)
    read(office)


def apply_this(office: Office, batch_id: int) -> None:
    bench = bench_of(office)
    apply_confirmed.apply_one(bench, office.workspace_id, office.batch(batch_id))


def amounts(office: Office) -> dict[str, Decimal]:
    return {one.ref: one.arr_amount for one in office.rows(Contract)}


@pytest.fixture
def asked(office: Office) -> Office:
    """An office where the first file of the shape was answered with thousands."""
    office.add_accounts("A1", "A2", "A3")
    first = received(office, "first.csv", "A1,K1,2027-03-31,1200\n")
    options = ImportReport.from_json(office.batch(first).report).questions[0].options
    assert {WHOLE, THOUSANDS} <= set(options), options
    answer(office, first, THOUSANDS)
    confirm(office, first)
    apply_this(office, first)
    return office


@pytest.mark.row("B1", "X16")
def test_a_file_keeps_the_units_of_its_report_though_another_is_answered_otherwise_meanwhile(
    asked: Office,
) -> None:
    shown = received(asked, "shown.csv", "A2,K2,2027-03-31,3000\n")
    other = received(asked, "other.csv", "A3,K3,2027-03-31,500000\n")
    answer(asked, other, WHOLE)
    confirm(asked, other)
    apply_this(asked, other)
    assert asked.rows(SavedMapping)[0].answers[UNIT] == WHOLE
    confirm(asked, shown)
    apply_this(asked, shown)
    assert amounts(asked) == {
        "K1": Decimal(1_200_000),
        "K2": Decimal(3_000_000),
        "K3": Decimal(500_000),
    }


def test_a_file_read_again_takes_the_newest_answer_and_is_applied_with_it(asked: Office) -> None:
    shown = received(asked, "shown.csv", "A2,K2,2027-03-31,3000\n")
    answer(asked, shown, WHOLE)
    confirm(asked, shown)
    apply_this(asked, shown)
    assert amounts(asked)["K2"] == Decimal(3_000)


def test_refused_rows_come_back_as_they_were_counted(asked: Office) -> None:
    rows = "A2,K2,2027-03-31,3000\nA3,K3,2027-02-30,1\n"
    shown = received(asked, "shown.csv", rows)
    other = received(asked, "other.csv", "A3,K3,2027-03-31,500000\n")
    answer(asked, other, WHOLE)
    sent = send_refused.work(
        bench_of(asked),
        workspace_id=asked.workspace_id,
        batch_id=shown,
        slack_user="U0OPS",
        locale="ja",
    )
    assert (
        sent == {"rows": ImportReport.from_json(asked.batch(shown).report).refused} == {"rows": 1}
    )


def test_a_batch_read_before_manners_were_kept_is_still_applied(asked: Office) -> None:
    shown = received(asked, "shown.csv", "A2,K2,2027-03-31,3000\n")
    with asked.store.writing(asked.workspace_id) as unit:
        batches.get_batch(unit, shown).mapping = {}
    confirm(asked, shown)
    apply_this(asked, shown)
    assert amounts(asked)["K2"] == Decimal(3_000_000)
    assert not staging_of(Path(asked.batch(shown).staged_at_path)).exists()

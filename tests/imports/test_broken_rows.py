"""Broken rows through the service: each is told, none is lost, none is half applied."""

from pathlib import Path

import pytest

from bot.ingest.refused_file import write_refused
from bot.store.tables import Contract
from bot.texts import Texts
from tests.imports.office import Office
from tests.ingest.test_thirty_broken_rows import BROKEN, GOOD, HEADER, lines


@pytest.mark.row("B1", "X16")
def test_thirty_kinds_of_broken_rows_stay_out_and_the_good_ones_go_in(
    office: Office, tmp_path: Path
) -> None:
    office.add_accounts("A1")
    good = [",".join([GOOD[0], f"K{at}", *GOOD[2:]]) for at in range(len(BROKEN))]
    body = [line for pair in zip(lines(), good, strict=True) for line in pair]
    path = office.write("contracts.csv", "\n".join([HEADER, *body]) + "\n")
    # Asked once, 05/04/2026 is a day like any other; what is left is broken.
    assert [one.key for one in office.bring(path, kind="contracts").questions] == ["day_order"]
    told = [
        (2 + 2 * at, column, code, mend)
        for at, (_, _, column, code, mend) in enumerate(BROKEN)
        if code != "date_order"
    ]
    assert len(told) >= 30
    report = office.bring(path, kind="contracts", day_order="mdy")
    assert (report.rows, report.refused) == (2 * len(BROKEN), len(told))
    assert [(one.row, one.column, one.code, one.mend) for one in report.refusals] == told
    kept = {f"K{at}" for at in range(len(BROKEN))}
    assert {one.ref for one in office.rows(Contract)} == kept | {"C106"}
    opened, target = office.open(path, kind="contracts"), tmp_path / "refused.csv"
    assert write_refused(opened.refused_rows(), target, Texts().speak("ja")) == len(told)
    again = office.bring(path, kind="contracts")
    assert [(one.new, one.changed, one.unchanged) for one in again.counts] == [
        (0, 0, len(kept) + 1)
    ]


@pytest.mark.row("B1")
def test_every_row_of_a_file_with_everything_wrong_is_in_one_count(small_office: Office) -> None:
    small_office.add_accounts("A1")
    text = (
        "account_id,ticket_id,opened on,subject\n"
        "A1,T1,2026-11-02,fine\nA1,T1,2026-11-02,fine\nA1,T2,2026-13-02,month\n"
        "A9,T3,2026-11-02,nobody\n,,,\n合計,,,4\nA1,T4,2026-11-03,one\nA1,T4,2026-11-03,two\n"
    )
    report = small_office.bring_text("tickets.csv", text)
    (count,) = report.counts
    assert (count.new, report.refused, report.duplicates, report.totals, report.unlinked_rows) == (
        *(1, 3, 1, 1, 1),
    )
    assert report.rows == 8

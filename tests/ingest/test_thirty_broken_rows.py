"""Thirty kinds of broken rows in one file: each told with row, column and reason, none lost."""

from pathlib import Path

import pytest

from tests.ingest.files import codes, read_text, rows_of

HEADER = (
    "顧客ID,契約番号,契約開始日,契約終了日,更新日,自動更新,解約通知期限,"
    "ARR(円・税抜),通貨,契約席数,プラン上限"
)
GOOD = [
    "A1",
    "C1",
    "2026/4/1",
    "2027/3/31",
    "2027/4/1",
    "有",
    "2026/12/31",
    "1200",
    "JPY",
    "5",
    "10",
]
# What is broken in each row: (column index, cell, column told, code, mend).
BROKEN: list[tuple[int, str, str, str, str | None]] = [
    (0, "", "顧客ID", "missing", None),
    (2, "2026/13/01", "契約開始日", "date", None),
    (2, "2026/02/30", "契約開始日", "date", None),
    (2, "2026/O4/01", "契約開始日", "date", "2026-04-01"),
    (2, "26/4/1", "契約開始日", "date_short_year", None),
    (2, "4/1", "契約開始日", "date_without_year", None),
    (2, "05/04/2026", "契約開始日", "date_order", None),
    (2, "来月", "契約開始日", "date", None),
    (2, "令和8年13月1日", "契約開始日", "date", None),
    (2, "1026/4/1", "契約開始日", "date_out_of_range", None),
    (2, "#REF!", "契約開始日", "spreadsheet_error", None),
    (2, "=TODAY()", "契約開始日", "formula_without_value", None),
    (2, "2027/5/1", "契約終了日", "days_reversed", None),
    (6, "2027/5/1", "解約通知期限", "days_reversed", None),
    (5, "たぶん", "自動更新", "flag", None),
    (7, "12O0", "ARR(円・税抜)", "money", "1200"),
    (7, '"1,20"', "ARR(円・税抜)", "number_grouping", None),
    (7, "要相談", "ARR(円・税抜)", "money", None),
    (7, "-1200", "ARR(円・税抜)", "too_small", None),
    (7, "$1200", "ARR(円・税抜)", "currency_conflict", None),
    (7, "99999999999999999999", "ARR(円・税抜)", "number_too_big", None),
    (8, "貝殻", "通貨", "currency", None),
    (8, "USD", "通貨", "currency_conflict", None),
    (9, "1.5", "契約席数", "not_whole", None),
    (9, "-5", "契約席数", "too_small", None),
    (9, "多数", "契約席数", "number", None),
    (9, "1O", "契約席数", "number", "10"),
    (10, "x" * 30, "プラン上限", "number", None),
    (1, "C" * 201, "契約番号", "too_long", None),
    (10, "10,余り", "顧客ID", "row_too_long", None),
    (1, '"開いたまま', "顧客ID", "quote_open", None),
    (1, "C\ufffd1", "契約番号", "damaged_text", None),
]


def lines() -> list[str]:
    told = []
    for at, (column, cell, *_) in enumerate(BROKEN):
        cells = [*GOOD]
        cells[1] = f"C{at + 100}"
        cells[column] = cell
        told.append(",".join(cells))
    return told


@pytest.mark.row("B1", "X16")
def test_thirty_kinds_of_broken_rows_are_told_one_by_one_and_the_good_ones_taken(
    tmp_path: Path,
) -> None:
    assert len(BROKEN) >= 30
    good = [",".join([GOOD[0], f"K{at}", *GOOD[2:]]) for at in range(len(BROKEN))]
    body = [line for pair in zip(lines(), good, strict=True) for line in pair]
    clash = [",".join(["A1", "X1", *GOOD[2:]]), ",".join(["A1", "X1", *GOOD[2:-1], "11"])]
    reading = read_text(tmp_path, "\n".join([HEADER, *body, *clash]) + "\n", kind="contracts")
    expected = [(2 + 2 * at, column, code) for at, (_, _, column, code, _) in enumerate(BROKEN)]
    last = len(body) + 2
    expected += [(last, "契約番号", "contradiction"), (last + 1, "契約番号", "contradiction")]
    assert codes(reading) == expected
    assert [each.mend for each in reading.refused[: len(BROKEN)]] == [each[4] for each in BROKEN]
    assert [row["contract_ref"] for row in rows_of(reading, "contracts")] == [
        f"K{at}" for at in range(len(BROKEN))
    ]


def test_a_row_with_several_faults_is_told_with_all_of_them_and_counted_once(
    tmp_path: Path,
) -> None:
    row = ",".join(["A1", "C1", "2026/13/01", *GOOD[3:9], "多数", "10"])
    reading = read_text(tmp_path, f"{HEADER}\n{row}\n", kind="contracts")
    assert [code for _, _, code in codes(reading)] == ["date", "number"]
    assert (reading.count("refused"), len(reading.refused_rows)) == (1, 1)

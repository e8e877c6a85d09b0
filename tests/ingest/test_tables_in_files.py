"""Finding the table: title rows, two header rows, merged cells, sheets, totals, dittos."""

from datetime import date
from pathlib import Path

import pytest

from tests.ingest.files import codes, read_file, read_text, rows_of, write_book


def test_title_rows_and_their_unit_are_understood(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "契約一覧表,,\n2026年11月20日 出力,,(単位:千円・税抜)\n\n"
        '顧客ID,契約終了日,ARR\nA1,2027/3/31,"4,800"\nA2,2027/9/30,1.2億\n',
    )
    assert reading.questions == []
    assert [(row["arr_amount"], row["currency"]) for row in rows_of(reading, "contracts")] == [
        ("4800000", "JPY"),
        ("120000000", "JPY"),
    ]


def test_two_header_rows_are_read_as_one(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "顧客,,契約,,\nID,名称,開始日,終了日,金額(年額・円・税抜)\n"
        "A1,アクメ,2026/4/1,2027/3/31,1200\n",
        kind="contracts",
    )
    (row,) = rows_of(reading, "contracts")
    assert (row["account_ref"], row["starts_on"]) == ("A1", date(2026, 4, 1))
    assert (row["ends_on"], row["arr_amount"]) == (date(2027, 3, 31), "1200")


def test_a_row_of_units_below_the_header_belongs_to_it(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "顧客ID,終了日,年額,席数\n,,千円,席\nA1,2027/3/31,480,12\n",
        tax__arr_amount="excluded",
    )
    (row,) = rows_of(reading, "contracts")
    assert (row["arr_amount"], row["currency"], row["seats"]) == ("480000", "JPY", 12)


def test_merged_cells_speak_for_every_cell_they_cover(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {
            "顧客一覧": [
                ["顧客一覧", None, None],
                ["顧客ID", "顧客名", "担当者"],
                ["A1", "アクメ", "佐藤"],
                ["A2", "ベータ", None],
                ["A3", "ガンマ", None],
            ]
        },
        {"顧客一覧": ["A1:C1", "C3:C5"]},
    )
    reading = read_file(path)
    assert [row["owner"] for row in rows_of(reading, "accounts")] == ["佐藤", "佐藤", "佐藤"]


def test_every_sheet_is_a_table_and_covers_are_left_out_with_a_note(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {
            "表紙": [["顧客データ"], ["作成:CS部"]],
            "顧客": [["顧客ID", "顧客名", "ティア"], ["A1", "アクメ", "大手"]],
            "空": [],
            "契約": [
                ["顧客ID", "契約番号", "終了日", "年額(円・税抜)"],
                ["A1", "C1", date(2027, 3, 31), 1_200_000],
            ],
        },
    )
    reading = read_file(path)
    assert set(reading.tables) == {"accounts", "contracts"}
    assert {(note.code, note.params["sheet"]) for note in reading.notes} == {
        ("sheet_skipped", "表紙"),
        ("sheet_empty", "空"),
    }
    assert reading.mapping["契約!終了日"] == "ends_on"


def test_hidden_sheets_are_left_out_with_a_note(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = write_book(
        tmp_path, {"顧客": [["顧客ID", "ティア"], ["A1", "中堅"]], "旧": [["x", "y"]]}
    )
    book = load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    assert [(note.code, note.params) for note in read_file(path).notes] == [
        ("sheet_hidden", {"sheet": "旧"})
    ]


def test_serial_dates_and_dates_of_sheets_are_days(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {"Tickets": [["Account ID", "Ticket ID", "Opened on", "Status"], ["A1", 7, 46027, "open"]]},
    )
    (row,) = rows_of(read_file(path), "tickets")
    assert (row["opened_on"], row["ticket_ref"]) == (date(2026, 1, 5), "7")


def test_uncalculated_formulas_are_refused_not_taken_for_blank(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {"契約": [["顧客ID", "終了日", "年額(円・税抜)"], ["A1", date(2027, 3, 31), "=100*12"]]},
    )
    assert codes(read_file(path)) == [(2, "年額(円・税抜)", "formula_without_value")]


@pytest.mark.parametrize(
    "total",
    [
        "合計,,30",
        "総計,,30",
        "小計,,30",
        ",合計,30",
        "Total,,30",
        "Grand Total,,30",
        "営業部 小計,,30",
    ],
)
def test_total_rows_are_counted_and_left_out(tmp_path: Path, total: str) -> None:
    reading = read_text(tmp_path, f"顧客ID,顧客名,席数\nA1,アクメ,10\nA2,ベータ,20\n{total}\n")
    assert len(reading.tables["accounts"]) == 2
    assert (reading.count("totals"), reading.refused) == (1, [])


def test_a_customer_whose_name_begins_like_a_total_is_no_total(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, "顧客ID,顧客名,席数\nA1,合計,10\nTOTAL-7,トータル食品,20\nA3,Total Systems,5\n"
    )
    assert [row["account_ref"] for row in rows_of(reading, "accounts")] == ["A1", "TOTAL-7", "A3"]


def test_dittos_repeat_the_cell_above_also_past_a_total(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "顧客ID,顧客名,担当者,業種\nA1,アクメ,佐藤,小売\nA2,ベータ,同上,〃\n合計,2社,,\n"
        "A3,ガンマ,ditto,〃\n",
    )
    assert [(row["owner"], row["industry"]) for row in rows_of(reading, "accounts")] == [
        ("佐藤", "小売")
    ] * 3


def test_a_ditto_with_nothing_above_is_refused(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,顧客名,担当者\nA1,アクメ,同上\n")
    assert codes(reading) == [(2, "担当者", "ditto_first")]


def test_blank_rows_remarks_and_repeated_headers_are_counted(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "顧客ID,顧客名,席数\nA1,アクメ,10\n,,\n\n顧客ID,顧客名,席数\nA2,ベータ,-\n※ 11月時点,,\n",
    )
    assert len(reading.tables["accounts"]) == 2
    assert (reading.count("blank"), reading.count("remarks")) == (2, 2)


def test_row_numbers_are_those_excel_shows(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, '一覧\n\n顧客ID,顧客名,席数\n\nA1,"ア\nクメ",10\nA2,ベータ,多数\n'
    )
    assert codes(reading) == [(6, "席数", "number")]


def test_an_unquoted_comma_is_told_as_a_row_too_long(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,顧客名,席数\nA1,アクメ,1,200\n")
    assert codes(reading) == [(2, "顧客ID", "row_too_long")]


def test_a_quote_never_closed_spoils_its_row_alone(tmp_path: Path) -> None:
    reading = read_text(tmp_path, '顧客ID,顧客名,席数\nA1,"アクメ,10\nA2,ベータ,20\nA3,ガンマ,30\n')
    assert [row["account_ref"] for row in rows_of(reading, "accounts")] == ["A2", "A3"]
    assert [(row, code) for row, _, code in codes(reading)] == [(2, "quote_open")]

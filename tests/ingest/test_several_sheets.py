"""One book, several sheets: each read by itself, settled against the others."""

from pathlib import Path

from bot.ingest.several_sheets import settle_sheets
from tests.ingest.files import read_file, read_text, rows_of, write_book

HEAD = ["顧客ID", "顧客名", "ティア", "席数"]


def test_the_same_account_in_two_sheets_is_taken_once_and_that_is_said(tmp_path: Path) -> None:
    book = write_book(
        tmp_path,
        {
            "東日本": [HEAD, ["A1", "アクメ", "大手", 5], ["A2", "ベータ", "中堅", 6]],
            "西日本": [HEAD, ["A2", "ベータ", "中堅", 6], ["A3", "ガンマ", "中小", 7]],
        },
    )
    reading = read_file(book)
    assert [row["account_ref"] for row in rows_of(reading, "accounts")] == ["A1", "A2", "A3"]
    assert [(note.code, note.params["count"]) for note in reading.notes] == [("sheets_repeat", "1")]


def test_sheets_that_contradict_each_other_keep_neither(tmp_path: Path) -> None:
    book = write_book(
        tmp_path,
        {
            "東日本": [HEAD, ["A1", "アクメ", "大手", 5], ["A2", "ベータ", "中堅", 6]],
            "西日本": [HEAD, ["A2", "ベータ", "大手", 6]],
        },
    )
    reading = read_file(book)
    assert [row["account_ref"] for row in rows_of(reading, "accounts")] == ["A1"]
    (refusal,) = reading.refused
    assert (refusal.code, refusal.params["count"], refusal.value) == (
        "sheets_contradict",
        "2",
        "A2",
    )


def test_a_legend_beside_a_table_of_a_given_kind_is_left_out(tmp_path: Path) -> None:
    book = write_book(
        tmp_path,
        {
            "顧客": [HEAD, ["A1", "アクメ", "大手", 5]],
            "凡例": [["記号", "意味"], ["大手", "1000人以上"]],
        },
    )
    reading = read_file(book, "accounts")
    assert [row["account_ref"] for row in rows_of(reading, "accounts")] == ["A1"]
    assert (reading.refused, reading.count("skipped")) == ([], 1)
    assert [note.params["sheet"] for note in reading.notes] == ["凡例"]


def test_an_unclear_sheet_among_others_may_be_skipped(tmp_path: Path) -> None:
    book = write_book(
        tmp_path,
        {
            "顧客": [HEAD, ["A1", "アクメ", "大手", 5]],
            "メモ": [["顧客ID", "日付", "内容"], ["A1", "2026/11/1", "要望"]],
        },
    )
    (question,) = read_file(book).questions
    assert question.options[-1] == "skip"


def test_one_sheet_alone_is_left_as_it_is(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,顧客名,ティア\nA1,アクメ,大手\n")
    before = reading.tables["accounts"]
    settle_sheets(reading)
    assert reading.tables["accounts"] is before


def test_metrics_of_one_account_may_be_spread_over_sheets(tmp_path: Path) -> None:
    book = write_book(
        tmp_path,
        {
            "ログイン": [["顧客ID", "日付", "ログイン数"], ["A1", "2026/11/18", 3]],
            "出力": [["顧客ID", "日付", "エクスポート数"], ["A1", "2026/11/18", 1]],
        },
    )
    reading = read_file(book)
    assert {(row["metric"], row["value"]) for row in rows_of(reading, "usage_daily")} == {
        ("logins", 3.0),
        ("exports", 1.0),
    }

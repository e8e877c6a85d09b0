"""Refused rows go back as a file that can be mended and dropped again."""

import csv
from pathlib import Path

import pytest

from bot.ingest.grid import Grid
from bot.ingest.header import Header
from bot.ingest.mapping import map_columns
from bot.ingest.refused_file import write_refused
from bot.ingest.registry import get_kind, list_kinds
from bot.ingest.usage_columns import find_metrics
from bot.texts import Voice
from tests.ingest.files import VOICES, read_file, read_text, rows_of, write_book

JA, EN = VOICES


def test_the_file_has_the_rows_as_they_were_and_a_reason_in_the_readers_words(
    tmp_path: Path,
) -> None:
    reading = read_text(
        tmp_path,
        "顧客ID,顧客名,席数,開始日\nA1,アクメ & 仲間,1O,2026/1/5\nA2,ベータ,3,2026/1/5\n"
        "A3,ガンマ,4,2026/13/01\n",
        encoding="cp932",
    )
    path = tmp_path / "refused.csv"
    assert write_refused(reading.refused_rows, path, JA) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert head == ["顧客ID", "顧客名", "席数", "開始日", "行/row", "シート/sheet", "理由/reason"]
    assert first[:6] == ["A1", "アクメ & 仲間", "1O", "2026/1/5", "2", ""]
    assert first[6] == "「席数」:「1O」は数として読めません。 →「10」ではありませんか。"
    assert second[6] == "「開始日」:「2026/13/01」は日付として読めません。"


def test_mended_rows_come_back_and_the_added_columns_are_left_out(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "account_id,date,logins\nA1,2026-11-18,1O\n")
    path = tmp_path / "refused.csv"
    write_refused(reading.refused_rows, path, EN)
    path.write_text(path.read_text(encoding="utf-8").replace("1O,", "10,"), encoding="utf-8")
    again = read_file(path)
    assert again.refused == []
    assert [row["value"] for row in rows_of(again, "usage_daily")] == [10.0]
    assert again.unmapped == ["(row)", "(sheet)", "(refused because)"]


@pytest.mark.parametrize("say", VOICES)
@pytest.mark.parametrize("kind", [kind.name for kind in list_kinds()])
def test_the_added_columns_are_no_field_of_any_kind(tmp_path: Path, say: Voice, kind: str) -> None:
    names = [say("ingest_report", f"heading_{name}") for name in ("row", "sheet", "reason")]
    grid = Grid("", [names, [2, "a", "b"]])
    header = Header(tuple(names), tuple(("", name) for name in names), 1, "")
    assert map_columns(header, get_kind(kind), {}) == {}
    assert find_metrics(header, {}, grid.rows[1:]) == {}


def test_rows_of_several_sheets_share_one_file(tmp_path: Path) -> None:
    book = write_book(
        tmp_path,
        {
            "顧客": [["顧客ID", "顧客名", "席数"], ["A1", "アクメ", "多数"]],
            "問合せ": [["顧客ID", "チケットID", "作成日", "優先度"], ["A1", "T1", "昨日", "高"]],
        },
    )
    path = tmp_path / "refused.csv"
    write_refused(read_file(book).refused_rows, path, JA)
    head, first, second = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert head[:3] == ["顧客ID", "顧客名", "席数"]
    assert (first[head.index("シート/sheet")], second[head.index("シート/sheet")]) == (
        "顧客",
        "問合せ",
    )
    assert second[head.index("作成日")] == "昨日"


def test_cells_that_excel_would_run_stay_text(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,顧客名,席数\n=cmd(),アクメ,多数\n")
    path = tmp_path / "refused.csv"
    write_refused(reading.refused_rows, path, JA)
    assert "'=cmd()" in path.read_text(encoding="utf-8-sig")

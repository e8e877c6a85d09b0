"""Encodings, delimiters, JSON and files that are no tables."""

import json
from pathlib import Path

import pytest

from bot.ingest.sources.delimited import sniff
from tests.ingest.files import codes, read_file, read_text, rows_of, write_text

TABLE = "顧客ID,顧客名,ティア\nA1,株式会社髙橋①商事,中堅\nA2,ガンマ食品㈱,大手\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_encoding_excel_writes_gives_the_same_accounts(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    reading = read_text(tmp_path, TABLE.replace("\n", line_end), encoding=encoding)
    assert [row["name"] for row in rows_of(reading, "accounts")] == [
        "株式会社髙橋①商事",
        "ガンマ食品㈱",
    ]
    assert reading.notes == []


def test_another_encoding_is_guessed_and_the_guess_is_said(tmp_path: Path) -> None:
    text = (
        TABLE.replace("髙", "高").replace("①", "").replace("㈱", "")
        + "A3,東京製作所かんぱにい,中小\n" * 20
    )
    reading = read_text(tmp_path, text, encoding="euc_jp")
    assert rows_of(reading, "accounts")[0]["name"] == "株式会社高橋商事"
    assert [note.code for note in reading.notes] == ["encoding_guessed"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    reading = read_text(tmp_path, TABLE.replace(",", delimiter))
    assert len(reading.tables["accounts"]) == 2


def test_delimiters_inside_quotes_do_not_count() -> None:
    assert sniff('a;b\n"1,2,3";4\n"5,6,7";8\n') == ";"


def test_excels_own_line_about_the_delimiter_is_obeyed(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "sep=|\n顧客ID|顧客名|席数\nA1|ア,ク,メ|1\n")
    assert rows_of(reading, "accounts")[0]["name"] == "ア,ク,メ"


def test_json_lines_with_nested_objects_and_one_broken_line(tmp_path: Path) -> None:
    lines = [
        json.dumps({"company": {"id": "A1"}, "name": "アクメ", "tier": "mid"}),
        "{broken",
        json.dumps({"company": {"id": "A2"}, "name": "ベータ", "tier": "smb"}),
        "",
    ]
    mapping = {"company.id": "account_ref"}
    path = write_text(tmp_path, "\n".join(lines), "file.jsonl")
    reading = read_file(path, "accounts", mapping)
    assert [row["account_ref"] for row in rows_of(reading, "accounts")] == ["A1", "A2"]
    assert [(row, code) for row, _, code in codes(reading)] == [(2, "json_line")]


def test_an_answer_of_an_api_is_read_as_its_list(tmp_path: Path) -> None:
    page = {
        "results": [
            {"id": "9001", "properties": {"name": "株式会社サンプル", "domain": "example.co.jp"}}
        ],
        "paging": {"next": {"after": "9002"}},
    }
    path = write_text(tmp_path, json.dumps(page, indent=1), "page.json")
    (row,) = rows_of(read_file(path), "accounts")
    assert (row["account_ref"], row["mail_domain"]) == ("9001", "example.co.jp")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(range(256)) * 40, "not_a_table"),
        (b"PK\x03\x04 and then nothing of a workbook", "workbook_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "workbook_locked_or_old"),
        (b"", "no_rows"),
        (b"\n\n\n", "no_rows"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    assert [each.code for each in read_file(path).refused if each.row == 0] == [code]


def test_a_table_without_a_header_is_refused_row_by_row(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "1\n2\n3\n")
    assert codes(reading) == [(1, "", "no_header"), (2, "", "no_header"), (3, "", "no_header")]

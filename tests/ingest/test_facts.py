"""Rows to facts: keys, made references, defaults, contradictions."""

from datetime import date
from pathlib import Path

import pytest

from tests.ingest.files import codes, read_text, rows_of

VOC = "顧客ID,発言日,発言者,発言内容\n"


def test_rows_without_a_reference_get_one_that_is_the_same_next_time(tmp_path: Path) -> None:
    text = VOC + "A1,2026/11/1,鈴木,重い\nA1,2026/11/1,鈴木,高い\n"
    first, again = (rows_of(read_text(tmp_path, text), "voc") for _ in range(2))
    assert first == again
    refs = [str(row["voc_ref"]) for row in first]
    assert len(set(refs)) == 2
    assert all(ref.startswith("made-") for ref in refs)


def test_the_same_row_twice_is_one_fact(tmp_path: Path) -> None:
    reading = read_text(tmp_path, VOC + "A1,2026/11/1,鈴木,重い\n" * 3)
    assert (len(reading.tables["voc"]), reading.count("duplicates")) == (1, 2)


def test_two_rows_of_one_key_that_differ_are_both_refused_and_name_each_other(
    tmp_path: Path,
) -> None:
    reading = read_text(
        tmp_path,
        "顧客ID,契約番号,終了日,ARR(円・税抜)\nA1,C1,2027/3/31,100\nA1,C1,2027/3/31,200\n"
        "A1,C2,2027/3/31,300\n",
    )
    assert [row["contract_ref"] for row in rows_of(reading, "contracts")] == ["C2"]
    assert codes(reading) == [(2, "契約番号", "contradiction"), (3, "契約番号", "contradiction")]
    assert [each.params["other"] for each in reading.refused] == ["3", "2"]


def test_columns_the_file_has_not_are_not_in_its_facts(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,顧客名,席数\nA1,アクメ,5\n")
    assert list(reading.tables["accounts"].columns) == ["account_ref", "name", "seats"]


def test_an_account_list_of_names_alone_is_referred_to_by_name(tmp_path: Path) -> None:
    (row,) = rows_of(read_text(tmp_path, "会社名,業種,席数\n㈱アクメ,小売,5\n"), "accounts")
    assert (row["account_ref"], row["name"]) == ("㈱アクメ", "㈱アクメ")


def test_an_incident_without_an_account_is_everybodys(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "障害番号,顧客ID,障害名,発生日,重大度\nX1,,全停止,2026/11/2,重大\nX1,A1,全停止,2026/11/2,重大\n",
    )
    assert [row["account_ref"] for row in rows_of(reading, "incidents")] == [None, "A1"]


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        ("顧客ID,契約番号,開始日,終了日,年額(円・税抜)", "A1,C1,2027/4/1,2026/3/31,1", "終了日"),
        ("顧客ID,チケットID,作成日,解決日,優先度", "A1,T1,2026/11/2,2026/11/1,高", "解決日"),
        ("顧客ID,請求書番号,請求日,支払期限,金額(円)", "A1,I1,2026/11/2,2026/11/1,1", "支払期限"),
        ("障害番号,障害名,発生日,復旧日,重大度", "X1,停止,2026/11/2,2026/11/1,重大", "復旧日"),
    ],
)
def test_days_the_wrong_way_round_are_refused(
    tmp_path: Path, header: str, row: str, told: str
) -> None:
    assert codes(read_text(tmp_path, f"{header}\n{row}\n")) == [(2, told, "days_reversed")]


def test_a_contract_without_an_end_keeps_the_blank(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, "顧客ID,契約番号,開始日,終了日,年額(円・税抜)\nA1,C1,2026/4/1,9999/12/31,1\n"
    )
    (row,) = rows_of(reading, "contracts")
    assert (row["starts_on"], row["ends_on"]) == (date(2026, 4, 1), None)


def test_the_unmapped_and_the_mapped_are_all_of_the_columns(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,顧客名,ティア,血液型\nA1,アクメ,大手,A\n")
    assert (set(reading.mapping), reading.unmapped) == ({"顧客ID", "顧客名", "ティア"}, ["血液型"])

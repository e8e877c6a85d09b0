"""Usage in every layout, and logins of persons."""

import math
from datetime import date
from pathlib import Path

import pytest

from tests.ingest.files import codes, read_file, read_text, rows_of, write_book, write_text

D18, D19 = date(2026, 11, 18), date(2026, 11, 19)


def numbers(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in rows]


def test_metrics_as_columns_become_one_row_each_and_blanks_are_no_facts(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        '顧客ID,日付,ログイン数,レポート作成数,備考\nA1,2026/11/18,"1,234",5,\nA1,2026/11/19,-,7,祝\n'
        "A2,2026/11/19,,,\n",
    )
    assert numbers(rows_of(reading, "usage_daily")) == [
        ("A1", "logins", D18, 1234.0),
        ("A1", "レポート作成数", D18, 5.0),
        ("A1", "レポート作成数", D19, 7.0),
    ]
    assert reading.mapping["レポート作成数"] == "metric:レポート作成数"
    assert (reading.unmapped, reading.count("blank")) == (["備考"], 1)
    assert {note.params["metric"] for note in reading.notes} == {"logins", "レポート作成数"}


@pytest.mark.row("E25")
def test_time_in_use_is_known_when_it_is_in_minutes_and_else_keeps_its_own_name(
    tmp_path: Path,
) -> None:
    reading = read_text(tmp_path, "顧客ID,日付,利用時間(分),利用時間(時間)\nA1,2026/11/18,90,1.5\n")
    assert numbers(rows_of(reading, "usage_daily")) == [
        ("A1", "usage_minutes", D18, 90.0),
        ("A1", "利用時間", D18, 1.5),
    ]


def test_days_as_columns(tmp_path: Path) -> None:
    path = write_book(
        tmp_path,
        {
            "利用状況": [
                ["顧客ID", "指標", D18, D19],
                ["A1", "ログイン数", 3, 4],
                ["A1", "エクスポート数", None, 1],
                ["合計", None, 3, 5],
            ]
        },
    )
    reading = read_file(path)
    assert numbers(rows_of(reading, "usage_daily")) == [
        ("A1", "logins", D18, 3.0),
        ("A1", "logins", D19, 4.0),
        ("A1", "exports", D19, 1.0),
    ]
    assert reading.count("totals") == 1


@pytest.mark.parametrize(
    ("sheet", "answers", "asked"),
    [("ログイン数", {}, []), ("Sheet1", {}, ["metric"]), ("Sheet1", {"metric": "exports"}, [])],
)
def test_days_as_columns_without_a_metric_take_it_from_the_sheet_or_ask(
    tmp_path: Path, sheet: str, answers: dict[str, str], asked: list[str]
) -> None:
    rows: list[list[object]] = [["顧客ID", "2026/11/18", "2026/11/19"], ["A1", 3, 4]]
    reading = read_file(write_book(tmp_path, {sheet: rows}), "usage", None, **answers)
    assert [question.key for question in reading.questions] == asked
    metric = answers.get("metric", "logins")
    assert {row["metric"] for row in rows_of(reading, "usage_daily")} == {metric}


def test_months_as_columns_stay_monthly(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, "account_id,metric,2026-09,2026-10\nA1,active users,12,14\nA2,active users,,3\n"
    )
    assert numbers(rows_of(reading, "usage_monthly")) == [
        ("A1", "active_users", date(2026, 9, 1), 12.0),
        ("A1", "active_users", date(2026, 10, 1), 14.0),
        ("A2", "active_users", date(2026, 10, 1), 3.0),
    ]


def test_headers_without_a_year_are_not_taken_for_days(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,指標,11/18,11/19\nA1,ログイン数,3,4\n", "usage")
    assert "usage_daily" not in reading.tables
    assert [each.code for each in reading.refused] == ["column_missing"]


def test_a_date_column_of_months_is_monthly(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "account_id,date,logins\nA1,2026-09,12\nA1,2026年10月,14\n")
    assert [row["month"] for row in rows_of(reading, "usage_monthly")] == [
        date(2026, 9, 1),
        date(2026, 10, 1),
    ]


def test_first_days_of_months_could_be_either_and_are_asked_for_once(tmp_path: Path) -> None:
    text = "account_id,date,logins\nA1,2026-09-01,12\nA1,2026-10-01,14\n"
    asked = read_text(tmp_path, text)
    assert [question.key for question in asked.questions] == ["usage_period"]
    monthly = read_text(tmp_path, text, usage_period="monthly")
    assert (set(monthly.tables), monthly.questions) == ({"usage_monthly"}, [])
    assert set(read_text(tmp_path, text, usage_period="daily").tables) == {"usage_daily"}


def test_equal_rows_are_dropped_with_their_count_and_contradicting_ones_refused(
    tmp_path: Path,
) -> None:
    reading = read_text(
        tmp_path,
        "account_id,date,logins,exports\nA1,2026-11-18,3,1\nA1,2026-11-18,3,1\n"
        "A2,2026-11-18,3,1\nA2,2026-11-18,4,1\nA3,2026-11-18,5,\nA3,2026-11-18,,2\n",
    )
    assert reading.count("duplicates") == 1
    assert codes(reading) == [(4, "date", "contradiction"), (5, "date", "contradiction")]
    assert [each.params["other"] for each in reading.refused] == ["5", "4"]
    assert numbers(rows_of(reading, "usage_daily"))[2:] == [
        ("A3", "logins", D18, 5.0),
        ("A3", "exports", D18, 2.0),
    ]


def test_the_word_for_delete_is_a_fact(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "account_id,metric,date,value\nA1,logins,2026-11-18,削除\nA1,logins,2026-11-19,2\n",
    )
    gone, kept = rows_of(reading, "usage_daily")
    assert isinstance(gone["value"], float)
    assert math.isnan(gone["value"])
    assert kept["value"] == 2.0


def test_negative_use_is_refused(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "account_id,date,logins\nA1,2026-11-18,-3\n")
    assert codes(reading) == [(2, "logins", "too_small")]


def test_a_metric_column_with_some_broken_cells_is_still_one(tmp_path: Path) -> None:
    good = "".join(f"A{at},2026-11-18,{at}\n" for at in range(1, 10))
    reading = read_text(tmp_path, f"account_id,date,searches\n{good}A10,2026-11-18,1O\n")
    assert codes(reading) == [(11, "searches", "number")]
    assert len(reading.tables["usage_daily"]) == 9


def test_one_row_per_login_gives_activity_logins_and_distinct_people(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "顧客ID,ユーザーID,ログイン日時\nA1,u1,2026/11/18 09:00\nA1,u1,2026/11/18 15:00\n"
        "A1,u2,2026/11/18 10:00\nA1,u2,2026/11/18 10:00\nA2,,2026/11/18 10:00\n",
    )
    assert numbers(rows_of(reading, "contact_activity")) == [
        ("A1", "u1", D18, 2),
        ("A1", "u2", D18, 1),
    ]
    assert numbers(rows_of(reading, "usage_daily")) == [
        ("A1", "logins", D18, 3.0),
        ("A1", "active_users", D18, 2.0),
    ]
    assert (reading.count("duplicates"), codes(reading)) == (1, [(6, "ユーザーID", "missing")])


def test_rows_with_days_only_each_count_as_a_login(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "account_id,user_id,login at\n" + "A1,u1,2026-11-18\n" * 3)
    assert rows_of(reading, "contact_activity")[0]["logins"] == 3


def test_other_events_are_metrics_of_their_own_and_no_logins(tmp_path: Path) -> None:
    lines = [
        '{"event":"Login","properties":{"time":1794960000,"distinct_id":"u1","company_id":"A1"}}',
        '{"event":"Report Shared","properties":{"time":1794960060,"distinct_id":"u1",'
        '"company_id":"A1"}}',
    ]
    path = write_text(tmp_path, "\n".join(lines), "export.jsonl")
    reading = read_file(path, zone="Asia/Tokyo")
    assert {(row["metric"], row["value"]) for row in rows_of(reading, "usage_daily")} == {
        ("logins", 1.0),
        ("report_shared", 1.0),
        ("active_users", 1.0),
    }
    assert rows_of(reading, "contact_activity")[0]["logins"] == 1


def test_counted_activity_gives_no_usage_of_its_own(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "account_id,user_id,date,logins\nA1,u1,2026-11-18,3\n")
    assert set(reading.tables) == {"contact_activity"}

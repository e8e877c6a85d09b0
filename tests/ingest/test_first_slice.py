"""Accounts and usage as a small team keeps them, end to end."""

from datetime import date
from pathlib import Path

import pytest

from tests.ingest.files import codes, read_text, rows_of


@pytest.mark.row("B1")
def test_accounts_with_japanese_headers_are_found_and_read(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "顧客ID,顧客名,ティア,タッチ,ステージ,担当者,席数,利用開始日\r\n"
        "A1,株式会社アクメ,エンタープライズ,ハイタッチ,活用中,佐藤,1200,令和8年1月5日\r\n"
        'A2,ベータ物流㈱,中小,テック,導入,〃,"1,050",2026/2/3\r\n',
    )
    assert rows_of(reading, "accounts") == [
        {
            "account_ref": "A1",
            "name": "株式会社アクメ",
            "tier": "enterprise",
            "touch": "high",
            "stage": "adoption",
            "owner": "佐藤",
            "seats": 1200,
            "started_on": date(2026, 1, 5),
        },
        {
            "account_ref": "A2",
            "name": "ベータ物流㈱",
            "tier": "smb",
            "touch": "tech",
            "stage": "onboarding",
            "owner": "佐藤",
            "seats": 1050,
            "started_on": date(2026, 2, 3),
        },
    ]
    assert reading.refused == []
    assert reading.mapping["タッチ"] == "touch"


@pytest.mark.row("B1")
def test_long_daily_usage_is_found_and_its_bad_rows_stay_out_with_reasons(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "account_id,metric,date,value\n"
        "A1,logins,2026-11-18,12\n"
        "A1,logins,2026-11-19,12O\n"
        "A1,logins,2026/13/01,3\n"
        "A1,logins,2026-11-18,12\n"
        "A2,active_users,2026-11-18,\n"
        "A2,active_users,2026-11-30,4\n",
    )
    assert rows_of(reading, "usage_daily") == [
        {"account_ref": "A1", "metric": "logins", "on": date(2026, 11, 18), "value": 12.0}
    ]
    assert codes(reading) == [
        (3, "value", "number"),
        (4, "date", "date"),
        (6, "value", "missing"),
        (7, "date", "date_in_future"),
    ]
    assert [each.mend for each in reading.refused] == ["120", None, None, None]
    assert (reading.count("parsed"), reading.count("duplicates")) == (1, 1)

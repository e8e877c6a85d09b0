"""Facts on disk: blocks from any offset, matrices by account, a report that travels."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.ingest.stage import stage
from bot.ingest.staged import BLOCK, Staged
from tests.ingest.files import read_file, read_text, write_book

D1 = date(2026, 11, 18)


def test_facts_come_back_in_blocks_as_they_were(tmp_path: Path) -> None:
    rows = "".join(f"A{at},顧客{at},{at},2026/1/5\n" for at in range(2 * BLOCK + 5))
    reading = read_text(tmp_path, f"顧客ID,顧客名,席数,利用開始日\n{rows}")
    staged = stage(reading, tmp_path / "staging")
    blocks = list(staged.blocks("accounts"))
    assert [(block.offset, block.next_offset) for block in blocks] == [
        (0, 1000),
        (1000, 2000),
        (2000, 2005),
    ]
    assert blocks[0].rows[7] == {
        "account_ref": "A7",
        "name": "顧客7",
        "seats": 7,
        "started_on": date(2026, 1, 5),
    }
    resumed = list(staged.blocks("accounts", start=blocks[1].next_offset))
    assert [row["account_ref"] for row in resumed[0].rows] == [f"A{at}" for at in range(2000, 2005)]
    assert [row["name"] for row in staged.sample("accounts")] == ["顧客0", "顧客1", "顧客2"]


def test_the_report_is_the_same_after_opening_the_folder_again(tmp_path: Path) -> None:
    book = write_book(
        tmp_path,
        {
            "表紙": [["顧客データ"]],
            "顧客": [["顧客ID", "顧客名", "席数"], ["A1", "アクメ", 3], ["A2", "ベータ", "多数"]],
            "契約": [["顧客ID", "契約番号", "終了日", "金額"], ["A1", "C1", "2027/3/31", 400]],
        },
    )
    staged = stage(read_file(book), tmp_path / "staging")
    again = Staged.open(tmp_path / "staging")
    assert again.report == staged.report
    assert again.report.facts == {"accounts": 1, "contracts": 1}
    assert (again.report.count("refused"), again.report.codes) == (1, {"number": 1})
    assert [row.cells["席数"] for row in again.refused_rows()] == ["多数"]
    assert [question.key for question in again.report.questions][:1] == ["unit:arr_amount"]


def test_daily_usage_is_staged_by_account_metric_and_day(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "account_id,date,logins,exports\nA1,2026-11-18,3,1\nA2,2026-11-18,5,\nA1,2026-11-20,削除,2\n",
    )
    staged = stage(reading, tmp_path / "staging")
    (block,) = staged.usage_blocks()
    assert (block.account_refs, block.metrics, block.first_on) == (
        ["A1", "A2"],
        ("logins", "exports"),
        D1,
    )
    nan = np.nan
    np.testing.assert_array_equal(
        block.values, [[[3, nan, nan], [1, nan, 2]], [[5, nan, nan], [nan, nan, nan]]]
    )
    assert block.deleted is not None
    assert np.argwhere(block.deleted).tolist() == [[0, 0, 2]]
    assert block.values.dtype == np.float32
    summary = staged.report.usage
    assert summary is not None
    assert (summary.first_on, summary.last_on, summary.numbers) == ("2026-11-18", "2026-11-20", 4)


def test_counts_beyond_float32_are_kept_whole(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "account_id,date,logins\nA1,2026-11-18,16777217\n")
    (block,) = stage(reading, tmp_path / "staging").usage_blocks()
    assert block.values[0, 0, 0] == 16_777_217


def test_a_folder_whose_writing_did_not_end_is_no_staging(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "account_id,date,logins\nA1,2026-11-18,1\n")
    staged = stage(reading, tmp_path / "staging")
    with pytest.raises(FileExistsError):
        stage(reading, tmp_path / "staging")
    (staged.folder / "report.json").unlink()
    with pytest.raises(FileNotFoundError):
        Staged.open(staged.folder)


def test_the_report_is_plain_json(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "顧客ID,顧客名,席数\nA1,アクメ,3\n合計,,3\n")
    stage(reading, tmp_path / "staging")
    held = json.loads((tmp_path / "staging" / "report.json").read_text(encoding="utf-8"))
    assert (held["tallies"][0]["totals"], held["refs"][0]["name"]) == (1, "アクメ")

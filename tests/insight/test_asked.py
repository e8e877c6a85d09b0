"""What is typed: outcome values, conditions, files of any encoding; and that refusals are said."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from bot.cli.insight_table import read_table
from bot.core.refusal import BadInput
from bot.insight.outcome import read_outcome
from bot.insight.where import find_rows, read_condition
from tests.architecture.source import ROOT
from tests.architecture.words import TEMPLATES, blocks_of


def cells(*values: object) -> pd.Series:
    return pd.Series(list(values), dtype=object)


@pytest.mark.parametrize(
    ("values", "yes"),
    [
        (("Yes", "No"), "Yes"),
        (("no", "yes"), "yes"),
        ((1, 0), "1"),
        ((0.0, 1.0), "1"),
        ((True, False), "True"),
        (("TRUE", "FALSE"), "TRUE"),
        (("はい", "いいえ"), "はい"),
        (("契約中", "解約済"), "解約済"),
        (("継続", "失った"), "失った"),
        (("renewed", "churned"), "churned"),
        (("○", "×"), "○"),
    ],
)
def test_the_value_that_says_yes_is_known(values: tuple[object, object], yes: str) -> None:
    found = read_outcome("x", cells(*values, None, " "))
    assert found.word == yes
    assert found.known.tolist() == [True, True, False, False]
    assert found.happened.sum() == 1


def test_any_value_can_be_named_and_all_others_say_no() -> None:
    found = read_outcome("x", cells("won", "lost", "open", None), "lost")
    assert found.happened.tolist() == [False, True, False, False]
    assert found.others == ("open", "won")


@pytest.mark.parametrize(
    ("values", "word", "code"),
    [
        (("a", "b"), None, "insight_outcome_unclear"),
        (("a", "b", "c"), None, "insight_outcome_many"),
        (("yes", "yes"), None, "insight_outcome_one_value"),
        ((None, " "), None, "insight_outcome_empty"),
        (("yes", "no"), "maybe", "insight_outcome_no_such"),
        (("yes", "はい"), None, "insight_outcome_unclear"),
    ],
)
def test_what_does_not_say_is_refused(values: tuple[object, ...], word: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_outcome("x", cells(*values), word)
    assert refused.value.code == code
    assert refused.value.params["column"] == "x"


TABLE = pd.DataFrame(
    {
        "plan": ["One year", "One year ", "Monthly", None],
        "seats": [" 10", "1,000", 50, None],
        "on": ["2026-01-31", date(2026, 2, 28), "2026/03/01", ""],
    },
    dtype=object,
)


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("plan=One year", "1100"),
        ("plan != Monthly", "1101"),
        ("plan!=", "1110"),
        ("plan=", "0001"),
        ("seats>=50", "0110"),
        ("seats < 50", "1000"),
        ("seats=10", "1000"),
        ("on<=2026-02-28", "1100"),
        ("on>2026-02-28", "0010"),
    ],
)
def test_conditions_are_met_by_the_rows_they_say(typed: str, rows: str) -> None:
    met = find_rows(TABLE, [read_condition(typed)])
    assert "".join(str(int(each)) for each in met) == rows


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("plan", "insight_where_unclear"),
        ("plans=x", "insight_no_column"),
        ("plan=Yearly", "insight_where_no_value"),
        ("plan>=3", "insight_where_no_order"),
        ("seats>many", "insight_where_no_order"),
        ("seats>100000", "insight_where_nobody"),
    ],
)
def test_conditions_that_cannot_be_meant_are_refused(typed: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        find_rows(TABLE, [read_condition(typed)])
    assert refused.value.code == code


TEXT = '顧客,更新,金額\r\nアクメ,はい, 480 \r\n\r\n"ベータ, 物流",いいえ,-\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_files_are_read_in_every_usual_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "表.csv"
    text = (
        TEXT
        if mark == ","
        else "顧客\t更新\t金額\nアクメ\tはい\t 480 \n\nベータ, 物流\tいいえ\t-\n"
    )
    path.write_bytes(text.encode(encoding))
    found = read_table(path)
    assert list(found.cells.columns) == ["顧客", "更新", "金額"]
    assert found.cells["顧客"].tolist() == ["アクメ", "ベータ, 物流"]
    assert found.cells["金額"].tolist() == [" 480 ", None]
    assert found.numbers.tolist() == [2, 4]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_below_its_title_and_the_sheet_can_be_named(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2026年度の一覧"],
        ["id", "seats", "id"],
        ["A", 3, date(2026, 1, 1)],
    ]
    path = workbook(tmp_path / "book.xlsx", customers=rows, legend=[["a", "b"], ["c", "d"]])
    found = read_table(path, "customers")
    assert list(found.cells.columns) == ["id", "seats", "id (2)"]
    assert found.numbers.tolist() == [3]
    with pytest.raises(BadInput, match="insight_which_sheet"):
        read_table(path)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "insight_no_header"),
        (b"1,2\n3,4\n", "insight_no_header"),
        (b"only,a header\n", "insight_no_header"),
        (bytes(range(256)) * 8, "insight_file_not_a_table"),
        (b"PK\x03\x04 broken", "insight_file_workbook_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "insight_file_workbook_locked_or_old"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    with pytest.raises(BadInput) as refused:
        read_table(path)
    assert refused.value.code in {code, "insight_no_header"}


def test_short_rows_are_filled_with_blanks_and_long_ones_cut(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("a,b,c\n1,2\n3,4,5,6\n")
    assert read_table(path).cells.to_numpy().tolist() == [["1", "2", None], ["3", "4", "5"]]


def test_every_refusal_of_this_room_is_said_in_both_languages() -> None:
    files = [*(ROOT / "bot/insight").glob("*.py"), *(ROOT / "bot/cli").glob("insight*.py")]
    codes = {code for file in files for code in re.findall(r'"(insight_\w+)"', file.read_text())}
    assert len(codes) > 20
    for locale in ("ja", "en"):
        assert codes <= blocks_of(TEMPLATES / f"refusals.{locale}.j2")


def test_numbers_of_rows_are_as_excel_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text("a,b\n1,2\n,\n3,4\n")
    assert np.array_equal(read_table(path).numbers, [2, 4])

"""Cells as people keep them become numbers, dates, two words or categories."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.insight.column import Kind, as_words, read_column


def cells(*values: object) -> pd.Series:
    return pd.Series(list(values), dtype=object)


def values(*given: object) -> list[float]:
    return list(read_column("x", cells(*given)).values)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("29.85", 29.85),
        (" 1,234 ", 1234),
        ("¥480,000", 480000),
        ("12.5%", 12.5),
        ("3e2", 300),
        ("-7", -7),
        ("−7", -7),
        ("△1,000", -1000),
        ("１２３", 123),
        (4, 4),
        (0.25, 0.25),
    ],
)
def test_numbers_are_read_as_they_are_written(written: object, meant: float) -> None:
    column = read_column("x", cells(written, "5", "6"))
    assert column.kind is Kind.NUMBER
    assert column.values[0] == pytest.approx(meant)


def test_a_blank_total_is_missing_and_no_word() -> None:
    column = read_column("TotalCharges", cells("29.85", " ", "1889.5", "", None, float("nan")))
    assert column.kind is Kind.NUMBER
    assert column.known.tolist() == [True, False, True, False, False, False]
    assert column.unreadable == 0


def test_few_slips_in_a_column_of_numbers_are_counted_and_missing() -> None:
    column = read_column("x", cells(*range(50), "unknown"))
    assert (column.kind, column.unreadable) == (Kind.NUMBER, 1)
    assert np.isnan(column.values[-1])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-02-29", 19782),
        ("2024/2/29", 19782),
        ("2024年2月29日", 19782),
        ("2024.02.29", 19782),
        ("2024-02-29T23:59:00+09:00", 19782),
        ("2024-02-29 08:00", 19782),
        ("2024-02", 19754),
        ("2024年2月", 19754),
        (date(2024, 2, 29), 19782),
        (datetime(2024, 2, 29, 12), 19782),  # noqa: DTZ001 - as openpyxl gives it
    ],
)
def test_dates_are_day_numbers_and_a_month_is_its_first_day(written: object, day: int) -> None:
    column = read_column("x", cells(written))
    assert column.kind is Kind.DATE
    assert column.values[0] == day


def test_a_day_that_there_is_not_is_missing_and_counted() -> None:
    column = read_column("x", cells("2023-02-29", *["2023-02-28"] * 30))
    assert (column.unreadable, column.kind) == (1, Kind.DATE)


@pytest.mark.parametrize(
    ("pair", "one"),
    [
        (("Yes", "No"), "Yes"),
        (("はい", "いいえ"), "はい"),
        (("False", "True"), "True"),
        (("active", "churned"), "churned"),
        (("blue", "red"), "red"),
    ],
)
def test_of_two_words_the_one_that_says_yes_is_1(pair: tuple[str, str], one: str) -> None:
    column = read_column("x", cells(*pair, None))
    assert column.kind is Kind.YESNO
    assert column.levels[1] == one
    assert column.values[pair.index(one)] == 1


def test_three_words_are_categories_and_spaces_around_them_nothing() -> None:
    column = read_column("x", cells("SMB", " SMB", "Mid", "Mid ", "Ent  erprise"))
    assert column.kind is Kind.CATEGORY
    assert column.levels == ("Ent erprise", "Mid", "SMB")
    assert column.values.tolist() == [2, 2, 1, 1, 0]


def test_kind_and_levels_are_learnt_from_the_rows_given_alone() -> None:
    learn = np.array([True, True, True, False])
    column = read_column("x", cells("a", "b", "a", "new"), learn)
    assert column.levels == ("a", "b")
    assert np.isnan(column.values[3])
    numbers = read_column("x", cells("1", "2", "3", "text"), learn)
    assert (numbers.kind, numbers.unreadable) == (Kind.NUMBER, 1)


def test_nothing_but_blanks_is_empty() -> None:
    assert read_column("x", cells(None, " ", "")).kind is Kind.EMPTY
    assert read_column("x", pd.Series([np.nan, np.nan])).kind is Kind.EMPTY


def test_numbers_beyond_all_measure_are_missing() -> None:
    assert np.isnan(values("inf", "1", "2", *["3"] * 40)[0])
    assert np.isnan(read_column("x", pd.Series([np.inf, 1e300, 1.0])).values[:2]).all()


def test_whole_numbers_read_as_words_have_no_point() -> None:
    assert as_words(cells(1.0, 2, "3", None)).tolist()[:3] == ["1", "2", "3"]


@given(st.lists(st.one_of(st.none(), st.text(max_size=12), st.floats(), st.booleans(), st.dates())))
@settings(max_examples=25, deadline=None)
def test_whatever_is_written_becomes_one_finite_or_missing_number_a_row(
    written: list[object],
) -> None:
    column = read_column("x", cells(*written))
    assert len(column.values) == len(written)
    assert not np.isinf(column.values).any()
    if column.levels:
        assert np.nanmax(column.values) < len(column.levels)

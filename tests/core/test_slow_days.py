"""Worked days on which little is done: by country, and between days off; never a day off itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import WorkCalendar, build_usual
from bot.core.slow_days import list_slow_between, list_slow_days

JAPAN, AMERICA = WorkCalendar("JP"), WorkCalendar("US")


def slow(calendar: WorkCalendar, first: date, last: date) -> list[str]:
    return [f"{on:%-m/%-d}" for on in sorted(list_slow_days(calendar, first, last))]


@pytest.mark.row("B19")
def test_the_year_ends_slowly_in_japan_and_begins_so() -> None:
    assert slow(JAPAN, date(2026, 12, 21), date(2027, 1, 15)) == ["12/28", "1/4"]
    # 28 December 2025 is a Sunday and so is 4 January 2026.
    assert slow(JAPAN, date(2025, 12, 15), date(2026, 1, 15)) == []


def test_what_golden_week_leaves_open_is_slow() -> None:
    assert slow(JAPAN, date(2027, 4, 20), date(2027, 5, 15)) == ["5/6"]
    # In 2026 the sixth is a holiday itself.
    assert slow(JAPAN, date(2026, 4, 20), date(2026, 5, 15)) == []


def test_the_days_around_mountain_day_before_obon_are_slow() -> None:
    """Monday the tenth is a bridge to Tuesday's holiday; the twelfth lies before the closure."""
    assert slow(JAPAN, date(2026, 8, 1), date(2026, 9, 1)) == ["8/10", "8/12"]


def test_from_christmas_eve_to_new_year_little_is_done_in_america() -> None:
    assert slow(AMERICA, date(2026, 12, 1), date(2027, 1, 10)) == [
        "12/24",
        "12/28",
        "12/29",
        "12/30",
        "12/31",
    ]
    assert slow(AMERICA, date(2025, 12, 30), date(2026, 1, 10)) == ["12/30", "12/31", "1/2"]


def test_the_friday_after_thanksgiving_is_slow() -> None:
    assert slow(AMERICA, date(2026, 11, 16), date(2026, 12, 5)) == ["11/27"]


@pytest.mark.parametrize(
    ("country", "is_slow"), [("DE", True), ("GB", True), ("CN", False), ("AE", False)]
)
def test_christmas_slows_only_those_who_keep_it(country: str, is_slow: bool) -> None:
    tuesday = date(2026, 12, 29)
    found = list_slow_days(WorkCalendar(country), tuesday, tuesday + timedelta(days=1))
    assert found == ({tuesday} if is_slow else set())


def test_a_day_the_company_closes_makes_a_bridge_too() -> None:
    # Thursday 19 November 2026 closed: the Friday stands alone.
    closed = build_usual("JP", [date(2026, 11, 19)])
    assert slow(closed, date(2026, 11, 16), date(2026, 11, 24)) == ["11/20"]
    assert slow(JAPAN, date(2026, 11, 16), date(2026, 11, 24)) == []


def test_a_week_of_single_days_has_no_bridges() -> None:
    every_other_day = WorkCalendar("JP", workdays=frozenset({0, 2, 4}))
    assert slow(every_other_day, date(2026, 6, 1), date(2026, 7, 1)) == []


@given(
    st.sampled_from(["JP", "US", "DE", "KR", "SA"]),
    st.dates(date(2020, 1, 1), date(2031, 12, 31)),
    st.integers(-5, 400),
)
def test_slow_days_are_worked_and_lie_in_the_span(country: str, start: date, length: int) -> None:
    calendar = WorkCalendar(country)
    end = start + timedelta(days=length)
    for on in list_slow_days(calendar, start, end):
        assert calendar.is_business_day(on)
        assert start <= on < end


@pytest.mark.parametrize(
    ("last_on", "count", "found"),
    [
        (date(2027, 1, 8), 25, [date(2026, 12, 28), date(2027, 1, 4)]),
        # Tuesday to Friday are the four usual days after it.
        (date(2027, 1, 8), 4, []),
        (date(2027, 1, 8), 5, [date(2026, 12, 28), date(2027, 1, 4)]),
        (date(2027, 1, 4), 1, [date(2026, 12, 28), date(2027, 1, 4)]),
        # A Monday before 文化の日.
        (date(2026, 11, 20), 40, [date(2026, 11, 2)]),
        (date(2026, 10, 30), 25, []),
        (date(2027, 1, 8), 0, []),
    ],
)
def test_slow_days_that_a_window_steps_over(last_on: date, count: int, found: list[date]) -> None:
    assert list_slow_between(JAPAN, last_on, count) == found

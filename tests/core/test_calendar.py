"""Business days through the parts of the Japanese year that hurt, and elsewhere."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import WorkCalendar, YearlySpan, build_usual, is_known_country

JAPAN = WorkCalendar()
LAW_ONLY = WorkCalendar(closures=())
days = st.dates(date(2020, 1, 1), date(2031, 12, 31))
calendars = st.sampled_from(
    [JAPAN, LAW_ONLY, WorkCalendar("US"), WorkCalendar("DE", workdays=frozenset({5, 6}))]
)


def worked(calendar: WorkCalendar, first: date, last: date) -> list[str]:
    span = (first + timedelta(n) for n in range((last - first).days + 1))
    return [f"{day:%-m/%-d}" for day in span if calendar.is_business_day(day)]


def test_golden_week_2026_closes_its_bridge_days_and_the_substitute_holiday() -> None:
    # 5/3 is a Sunday, so 5/6 is off by law; 4/30 and 5/1 are bridges.
    assert worked(JAPAN, date(2026, 4, 27), date(2026, 5, 8)) == ["4/27", "4/28", "5/7", "5/8"]


def test_golden_week_2026_without_closures_works_the_bridge_days() -> None:
    assert worked(LAW_ONLY, date(2026, 4, 28), date(2026, 5, 7)) == ["4/28", "4/30", "5/1", "5/7"]


def test_golden_week_2027_ends_on_a_wednesday() -> None:
    assert worked(JAPAN, date(2027, 4, 26), date(2027, 5, 7)) == [
        "4/26",
        "4/27",
        "4/28",
        "5/6",
        "5/7",
    ]


def test_labour_thanksgiving_monday_makes_a_long_weekend() -> None:
    assert JAPAN.next_business_day(date(2026, 11, 21)) == date(2026, 11, 24)
    assert JAPAN.add_business_days(date(2026, 11, 20), 1) == date(2026, 11, 24)


def test_year_end_closes_from_the_29th_to_the_3rd() -> None:
    assert worked(JAPAN, date(2026, 12, 24), date(2027, 1, 5)) == [
        "12/24",
        "12/25",
        "12/28",
        "1/4",
        "1/5",
    ]


def test_obon_closes_and_mountain_day_before_it_too() -> None:
    assert worked(JAPAN, date(2026, 8, 10), date(2026, 8, 18)) == ["8/10", "8/12", "8/17", "8/18"]


def test_silver_week_2026_has_a_holiday_between_two_holidays() -> None:
    assert not JAPAN.is_business_day(date(2026, 9, 22))
    assert JAPAN.next_business_day(date(2026, 9, 19)) == date(2026, 9, 24)


def test_other_countries_keep_only_their_public_holidays() -> None:
    germany = WorkCalendar("DE")
    assert germany.is_business_day(date(2026, 12, 29))
    assert germany.is_business_day(date(2026, 8, 13))
    assert not germany.is_business_day(date(2026, 10, 3))


def test_the_leap_day_is_worked_or_not_like_any_other() -> None:
    assert JAPAN.is_business_day(date(2028, 2, 29))
    assert JAPAN.add_business_days(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert JAPAN.add_business_days(date(2028, 3, 1), -1) == date(2028, 2, 29)


def test_a_closure_on_a_leap_day_closes_the_last_of_february_in_other_years() -> None:
    founding = WorkCalendar(closures=(YearlySpan((2, 29), (2, 29)),))
    assert not founding.is_business_day(date(2028, 2, 29))
    assert not founding.is_business_day(date(2025, 2, 28))


def test_a_single_closed_day_closes_that_year_only() -> None:
    moving_house = WorkCalendar(closures=(date(2026, 11, 20),))
    assert not moving_house.is_business_day(date(2026, 11, 20))
    assert moving_house.is_business_day(date(2025, 11, 20))


def test_further_days_are_closed_beside_the_usual_ones() -> None:
    founding = build_usual("JP", [date(2026, 11, 20)])
    assert worked(founding, date(2026, 11, 18), date(2026, 11, 25)) == [
        "11/18",
        "11/19",
        "11/24",
        "11/25",
    ]
    assert worked(founding, date(2026, 12, 28), date(2027, 1, 4)) == ["12/28", "1/4"]
    assert build_usual("JP") == JAPAN


def test_a_week_may_be_worked_from_sunday() -> None:
    sunday_to_thursday = WorkCalendar("SA", workdays=frozenset({6, 0, 1, 2, 3}))
    assert sunday_to_thursday.next_business_day(date(2026, 11, 20)) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("year", "month", "first"),
    [
        (2026, 1, date(2026, 1, 5)),
        (2027, 1, date(2027, 1, 4)),
        (2026, 5, date(2026, 5, 7)),
        (2026, 11, date(2026, 11, 2)),
        (2026, 8, date(2026, 8, 3)),
    ],
)
def test_the_first_business_day_of_a_month(year: int, month: int, first: date) -> None:
    assert JAPAN.first_business_day(year, month) == first


def test_a_span_of_nothing_or_backwards_holds_no_business_day() -> None:
    assert JAPAN.business_days(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert JAPAN.business_days(date(2026, 11, 20), date(2025, 11, 20)) == 0
    assert JAPAN.days_off(date(2026, 11, 20), date(2026, 11, 20)) == frozenset()


def test_a_span_counts_its_first_day_and_not_its_last() -> None:
    assert JAPAN.business_days(date(2026, 11, 20), date(2026, 11, 24)) == 1
    assert JAPAN.business_days(date(2026, 12, 28), date(2027, 1, 5)) == 2


@pytest.mark.parametrize("country", ["XX", "", "Japan", "jp"])
def test_an_unknown_country_is_refused_with_its_mend(country: str) -> None:
    assert not is_known_country(country)
    with pytest.raises(ValueError, match="write JP, US, DE"):
        WorkCalendar(country)


@pytest.mark.parametrize("workdays", [frozenset[int](), frozenset({7})])
def test_a_week_without_work_is_refused(workdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="working days"):
        WorkCalendar(workdays=workdays)


def test_a_day_that_is_in_no_year_is_refused() -> None:
    with pytest.raises(ValueError, match="13/1 is not a day"):
        YearlySpan((13, 1), (1, 3))


def test_equal_calendars_are_one_key() -> None:
    assert {WorkCalendar(): "a"}[WorkCalendar("JP")] == "a"
    assert WorkCalendar() != LAW_ONLY


@given(calendars, days, st.integers(-40, 40))
def test_steps_land_on_business_days_and_count_back(
    calendar: WorkCalendar, on: date, n: int
) -> None:
    landed = calendar.add_business_days(on, n)
    assert calendar.is_business_day(landed)
    if n > 0:
        assert calendar.business_days(on + timedelta(1), landed + timedelta(1)) == n
    if n < 0:
        assert calendar.business_days(landed, on) == -n


@given(calendars, days, st.integers(0, 500))
def test_worked_days_and_days_off_make_the_whole_span(
    calendar: WorkCalendar, start: date, length: int
) -> None:
    end = start + timedelta(length)
    off = calendar.days_off(start, end)
    assert calendar.business_days(start, end) + len(off) == length
    assert not any(calendar.is_business_day(day) for day in off)


@given(calendars, days)
def test_the_next_business_day_is_the_day_itself_or_the_first_after(
    calendar: WorkCalendar, on: date
) -> None:
    landed = calendar.next_business_day(on)
    assert landed >= on
    assert calendar.business_days(on, landed) == 0
    assert calendar.add_business_days(on, 0) == landed

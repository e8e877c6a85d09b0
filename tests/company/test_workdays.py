"""The shape of the year, on the days that hurt."""

from datetime import date, timedelta

import pytest

from sandbox.company.workdays import is_holiday, is_working, measure_days, next_working


def share(day: date, country: str = "JP", habit: str = "office") -> float:
    return float(measure_days([day], country, habit)[0])


@pytest.mark.parametrize("day", [date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 2)])
def test_a_japanese_office_is_closed_over_new_year(day: date) -> None:
    assert share(day) == 0.0
    assert share(day, habit="factory") == 0.0
    assert 0.0 < share(day, habit="always") < 0.5


def test_work_starts_again_on_the_first_monday_of_the_year() -> None:
    assert next_working(date(2026, 12, 29), "JP") == date(2027, 1, 4)
    assert share(date(2027, 1, 4)) < share(date(2027, 1, 12))


@pytest.mark.parametrize("day", [date(2026, 4, 30), date(2026, 5, 1)])
def test_bridge_days_of_golden_week_are_thin_in_offices_and_empty_in_factories(day: date) -> None:
    assert 0.4 < share(day) < 0.8
    assert share(day, habit="factory") == 0.0
    assert share(day, habit="shop") == 1.0


def test_the_substitute_holiday_of_golden_week_is_one() -> None:
    assert is_holiday(date(2026, 5, 6), "JP")
    assert share(date(2026, 5, 6)) == 0.0
    assert share(date(2026, 5, 7)) > 0.9


@pytest.mark.parametrize("day", [date(2026, 8, 13), date(2026, 8, 14)])
def test_obon_thins_out_offices_and_closes_factories(day: date) -> None:
    assert 0.2 < share(day) < 0.6
    assert share(day, habit="factory") == 0.0


def test_the_plain_week_around_obon_is_plain() -> None:
    assert share(date(2026, 8, 19)) == 1.0


def test_silver_week_of_2026_has_its_citizens_holiday() -> None:
    assert share(date(2026, 9, 22)) == 0.0


@pytest.mark.parametrize("habit", ["office", "factory"])
def test_offices_and_factories_rest_on_weekends(habit: str) -> None:
    assert share(date(2026, 11, 21), habit=habit) == 0.0


@pytest.mark.parametrize("habit", ["shop", "always"])
def test_shops_and_haulage_work_less_on_weekends(habit: str) -> None:
    assert 0.3 < share(date(2026, 11, 21), habit=habit) < 0.8


def test_an_american_office_keeps_american_holidays_only() -> None:
    assert share(date(2026, 11, 26), "US") == 0.0
    assert share(date(2026, 11, 27), "US") == 0.35
    assert share(date(2026, 7, 3), "US") == 0.0
    assert share(date(2026, 11, 23), "US") > 0.9
    assert share(date(2026, 5, 4), "US") > 0.9
    assert share(date(2026, 8, 14), "US") > 0.9


def test_americans_take_christmas_and_work_thinly_until_new_year() -> None:
    assert share(date(2026, 12, 25), "US") == 0.0
    assert share(date(2026, 12, 24), "US") < 0.5
    assert 0.5 < share(date(2026, 12, 30), "US") < 0.8
    assert share(date(2027, 1, 1), "US") == 0.0


def test_mondays_are_busier_than_fridays() -> None:
    assert share(date(2026, 11, 9)) > share(date(2026, 11, 13))


def test_a_working_day_is_found_behind_any_closure() -> None:
    day = date(2025, 5, 21)
    while day < date(2027, 1, 31):
        found = next_working(day, "JP")
        assert is_working(found, "JP")
        assert found - day <= timedelta(days=9)
        day += timedelta(days=1)

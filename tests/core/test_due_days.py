"""Due days: never in the past, never a day off, whatever the year and the country."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import WorkCalendar
from bot.core.due_days import FURTHEST, ask_again_on, settle_day
from bot.core.refusal import BadInput

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    st.sampled_from(["JP", "US", "GB", "DE"]),
    workdays=st.sampled_from([frozenset(range(5)), frozenset({1}), frozenset({6, 0, 1, 2, 3})]),
)


@given(DAYS, st.integers(0, FURTHEST.days), CALENDARS)
def test_a_settled_day_is_worked_and_the_nearest_one(
    today: date, ahead: int, calendar: WorkCalendar
) -> None:
    wanted_on = today + timedelta(days=ahead)
    settled_on = settle_day(wanted_on, today, calendar)
    assert calendar.is_business_day(settled_on)
    assert settled_on >= wanted_on
    assert calendar.business_days(wanted_on, settled_on) == 0
    assert settle_day(settled_on, settled_on, calendar) == settled_on


@given(DAYS, CALENDARS)
def test_three_whole_business_days_lie_between_asking_and_asking_again(
    today: date, calendar: WorkCalendar
) -> None:
    again_on = ask_again_on(today, calendar)
    assert calendar.is_business_day(again_on)
    assert calendar.business_days(today + timedelta(days=1), again_on + timedelta(days=1)) == 3


@pytest.mark.parametrize("days", [-1, -400, FURTHEST.days + 1])
def test_yesterday_and_a_slip_of_the_year_are_refused(days: int) -> None:
    today = date(2028, 2, 29)
    with pytest.raises(BadInput):
        settle_day(today + timedelta(days=days), today, WorkCalendar())

"""Which days a summary tells of: every day once, however the holidays lie."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import WorkCalendar
from bot.core.refusal import BadInput
from bot.core.slots import Weekly as Rule
from bot.core.slots import due_slots
from bot.core.week import Week, find_last_week, find_week, read_week

JAPAN, AMERICA = WorkCalendar("JP"), WorkCalendar("US")
FRIDAY = date(2026, 11, 20)


def _told(on: date, calendar: WorkCalendar = JAPAN) -> tuple[date, date]:
    week = find_last_week(on, calendar)
    return week.since_on, week.until_on


def test_a_usual_monday_tells_of_the_seven_days_before() -> None:
    assert _told(date(2026, 11, 16)) == (date(2026, 11, 9), date(2026, 11, 15))


def test_a_holiday_moves_the_day_and_not_the_week() -> None:
    assert _told(date(2026, 11, 24)) == (date(2026, 11, 16), date(2026, 11, 22))


@pytest.mark.row("B40")
def test_over_new_year_the_first_business_day_tells_of_the_week_of_the_holidays() -> None:
    assert _told(date(2027, 1, 4)) == (date(2026, 12, 28), date(2027, 1, 3))


def test_a_new_year_that_is_a_week_without_business_days_is_told_with_the_week_before() -> None:
    week = find_last_week(date(2026, 1, 5), JAPAN)
    assert (week.since_on, week.until_on) == (date(2025, 12, 22), date(2026, 1, 4))
    assert (week.week_on, week.weeks) == (date(2025, 12, 29), 2)


def test_golden_week_is_told_on_the_first_day_after_it() -> None:
    assert _told(date(2027, 5, 6)) == (date(2027, 4, 26), date(2027, 5, 2))


def test_thanksgiving_moves_nothing_in_america() -> None:
    assert _told(date(2026, 11, 30), AMERICA) == (date(2026, 11, 23), date(2026, 11, 29))


def test_week_knows_its_days() -> None:
    week = find_week(date(2026, 11, 9), JAPAN)
    assert week == Week(date(2026, 11, 9), date(2026, 11, 9))
    assert week.next_on == date(2026, 11, 16)
    held = [on for on in range(30) if week.holds(date(2026, 11, 1) + timedelta(days=on))]
    assert held == list(range(8, 15))


def _slots(calendar: WorkCalendar, year: int) -> list[date]:
    """The days on which the clock runs the summary, one after the other."""
    rule, last, days = Rule(0, time(9)), None, []
    for offset in range(380):
        now = datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=offset)
        for slot in due_slots(rule, "UTC", calendar, last, now, timedelta(days=1)):
            last = slot.key
            days.append(slot.local_day)
    return days


@pytest.mark.parametrize("calendar", [JAPAN, AMERICA], ids=["japan", "america"])
@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027, 2028])
def test_a_year_of_summaries_leaves_no_day_out_and_tells_none_twice(
    calendar: WorkCalendar, year: int
) -> None:
    weeks = [find_last_week(on, calendar) for on in _slots(calendar, year)]
    for before, after in pairwise(weeks):
        assert after.since_on == before.next_on


@pytest.mark.parametrize(
    ("said", "week_on"),
    [
        ("", date(2026, 11, 9)),
        ("2026-11-04", date(2026, 11, 2)),
        ("2026/10/1", date(2026, 9, 28)),
        ("11/3", date(2026, 11, 2)),
        ("１１月３日", date(2026, 11, 2)),
        ("12/31", date(2025, 12, 29)),
        ("11/20", date(2026, 11, 16)),
        ("11/22", date(2026, 11, 16)),
        ("2024-02-29", date(2024, 2, 26)),
    ],
)
def test_a_week_is_named_by_any_of_its_days(said: str, week_on: date) -> None:
    assert read_week(said, FRIDAY, JAPAN).week_on == week_on


@pytest.mark.parametrize("said", ["2026-11-23", "13/45", "2026-02-30", "先々週", "2/29/2026", "x"])
def test_what_names_no_week_or_one_that_has_not_begun_is_refused(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_week(said, FRIDAY, JAPAN)
    assert refused.value.params == {"said": said}


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_week_that_has_begun_or_refused(said: str) -> None:
    try:
        week = read_week(said, FRIDAY, JAPAN)
    except BadInput:
        return
    assert week.week_on.weekday() == 0
    assert week.week_on <= FRIDAY

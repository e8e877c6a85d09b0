"""Wall clocks where they jump, and when a person may be disturbed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import WorkCalendar
from bot.core.hours import OfficeHours, local_day, next_opening, wall_instant

TOKYO = OfficeHours("Asia/Tokyo", time(8, 30), time(18, 30))
JAPAN = WorkCalendar()
ZONES = st.sampled_from(
    [
        "Asia/Tokyo",
        "Europe/Berlin",
        "America/New_York",
        "Pacific/Auckland",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "UTC",
    ]
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("on", "wall", "zone", "instant"),
    [
        # Berlin skips 02:00-03:00 on 29 March 2026 and repeats it on 25 October.
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", utc(2026, 3, 29, 1, 0)),
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", utc(2026, 10, 25, 0, 30)),
        (date(2026, 3, 29), time(1, 59), "Europe/Berlin", utc(2026, 3, 29, 0, 59)),
        (date(2026, 3, 29), time(3, 0), "Europe/Berlin", utc(2026, 3, 29, 1, 0)),
        # New York: 8 March and 1 November.
        (date(2026, 3, 8), time(2, 15), "America/New_York", utc(2026, 3, 8, 7, 0)),
        (date(2026, 11, 1), time(1, 30), "America/New_York", utc(2026, 11, 1, 5, 30)),
        # Auckland: 27 September and 5 April, the other way about.
        (date(2026, 9, 27), time(2, 45), "Pacific/Auckland", utc(2026, 9, 26, 14, 0)),
        (date(2026, 4, 5), time(2, 30), "Pacific/Auckland", utc(2026, 4, 4, 13, 30)),
        # Lord Howe moves by half an hour, Santiago at midnight.
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", utc(2026, 10, 3, 15, 30)),
        (date(2026, 9, 6), time(0, 0), "America/Santiago", utc(2026, 9, 6, 4, 0)),
        # Samoa had no 30 December 2011.
        (date(2011, 12, 30), time(9, 0), "Pacific/Apia", utc(2011, 12, 30, 10, 0)),
        (date(2028, 2, 29), time(8, 30), "Asia/Tokyo", utc(2028, 2, 28, 23, 30)),
    ],
)
def test_a_skipped_time_gives_the_end_of_the_gap_and_a_repeated_one_the_first(
    on: date, wall: time, zone: str, instant: datetime
) -> None:
    assert wall_instant(on, wall, zone) == instant


@given(st.dates(date(2000, 1, 1), date(2035, 12, 31)), st.times(), ZONES)
def test_the_clock_shows_the_time_asked_for_or_the_first_valid_one_after_it(
    on: date, wall: time, zone: str
) -> None:
    shown = wall_instant(on, wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    asked = datetime.combine(on, wall)
    assert shown == asked or asked < shown <= asked + timedelta(days=1)


@given(st.dates(date(2000, 1, 1), date(2035, 12, 31)), st.times(), ZONES)
def test_later_days_are_later_instants(on: date, wall: time, zone: str) -> None:
    # Samoa's missing day shares its instant with nothing; it may only tie with the next midnight.
    assert wall_instant(on, wall, zone) <= wall_instant(on + timedelta(1), wall, zone)


def test_one_instant_has_two_days() -> None:
    at = utc(2026, 11, 19, 23, 30)
    assert local_day(at, "Asia/Tokyo") == date(2026, 11, 20)
    assert local_day(at, "America/New_York") == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        (utc(2026, 11, 19, 22, 0), utc(2026, 11, 19, 23, 30)),  # Friday before opening
        (utc(2026, 11, 20, 3, 0), utc(2026, 11, 20, 3, 0)),  # open: at once
        (utc(2026, 11, 20, 9, 30), utc(2026, 11, 23, 23, 30)),  # closing minute, long weekend
        (utc(2026, 11, 22, 15, 0), utc(2026, 11, 23, 23, 30)),  # midnight into the holiday
        (utc(2026, 12, 28, 12, 0), utc(2027, 1, 3, 23, 30)),  # over New Year
    ],
)
def test_the_next_opening_is_now_or_the_next_time_somebody_is_there(
    at: datetime, opening: datetime
) -> None:
    assert next_opening(at, TOKYO, JAPAN) == opening


def test_the_opening_minute_is_open_and_the_closing_minute_is_not() -> None:
    opens, closes = utc(2026, 11, 19, 23, 30), utc(2026, 11, 20, 9, 30)
    assert next_opening(opens, TOKYO, JAPAN) == opens
    assert next_opening(closes, TOKYO, JAPAN) > closes


@pytest.mark.parametrize("closes", [time(8, 30), time(7, 0)])
def test_hours_that_close_before_they_open_are_refused(closes: time) -> None:
    with pytest.raises(ValueError, match="open before they close"):
        OfficeHours("Asia/Tokyo", time(8, 30), closes)


def test_hours_that_fall_wholly_into_a_gap_open_the_next_day() -> None:
    night = OfficeHours("Europe/Berlin", time(2, 0), time(3, 0))
    every_day = WorkCalendar("DE", workdays=frozenset(range(7)))
    assert next_opening(utc(2026, 3, 28, 12), night, every_day) == utc(2026, 3, 30, 0, 0)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), ZONES)  # noqa: DTZ001
def test_an_opening_is_never_earlier_and_is_open(at: datetime, zone: str) -> None:
    hours = OfficeHours(zone, time(9), time(17, 30))
    opening = next_opening(at, hours, JAPAN)
    assert opening >= at
    assert next_opening(opening, hours, JAPAN) == opening
    assert JAPAN.is_business_day(local_day(opening, zone))

"""Slots: one key per local day, through holidays, outages and clocks that jump."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import WorkCalendar
from bot.core.hours import local_day, wall_instant
from bot.core.slots import (
    Daily,
    Interval,
    Monthly,
    Rule,
    Slot,
    SlotReason,
    SlotState,
    Weekly,
    due_slots,
)

TOKYO = "Asia/Tokyo"
JAPAN = WorkCalendar()
DIGEST = Daily(time(8, 30))
NIGHTLY = Daily(time(2, 30), business_days_only=False)
MONDAYS = Weekly(0, time(9))
GRACE = timedelta(hours=4)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def tokyo(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return utc(year, month, day, hour, minute) - timedelta(hours=9)


def slots(rule: Rule, last: str | None, now: datetime, zone: str = TOKYO) -> list[Slot]:
    return due_slots(rule, zone, JAPAN, last, now, GRACE)


def told(found: list[Slot]) -> list[tuple[str, str]]:
    return [(slot.key, slot.reason.value) for slot in found]


def test_a_digest_is_due_from_its_minute_on() -> None:
    assert slots(DIGEST, "2026-11-19", tokyo(11, 20, 8, 29)) == []
    assert slots(DIGEST, "2026-11-19", tokyo(11, 20, 8, 30)) == [
        Slot(
            "2026-11-20",
            date(2026, 11, 20),
            tokyo(11, 20, 8, 30),
            SlotState.DUE,
            SlotReason.ON_TIME,
        )
    ]


def test_a_slot_already_taken_is_not_due_again() -> None:
    assert slots(DIGEST, "2026-11-20", tokyo(11, 20, 8, 31)) == []


def test_a_late_slot_runs_while_it_is_useful_and_is_missed_after() -> None:
    assert told(slots(DIGEST, "2026-11-19", tokyo(11, 20, 12, 30))) == [("2026-11-20", "late")]
    missed = slots(DIGEST, "2026-11-19", tokyo(11, 20, 12, 31))
    assert told(missed) == [("2026-11-20", "too_late")]
    assert missed[0].state is SlotState.MISSED


def test_a_digest_skips_weekends_and_holidays_without_a_trace() -> None:
    assert slots(DIGEST, "2026-11-20", tokyo(11, 23, 23)) == []
    assert told(slots(DIGEST, "2026-11-20", tokyo(11, 24, 8, 30))) == [("2026-11-24", "on_time")]


def test_the_nightly_run_knows_no_holiday() -> None:
    assert told(slots(NIGHTLY, "2026-12-31", tokyo(1, 1, 2, 30, 2027))) == [
        ("2027-01-01", "on_time")
    ]


def test_after_an_outage_the_older_slots_are_recorded_as_missed() -> None:
    assert told(slots(DIGEST, "2026-11-17", tokyo(11, 20, 9))) == [
        ("2026-11-18", "too_late"),
        ("2026-11-19", "too_late"),
        ("2026-11-20", "late"),
    ]


def test_two_useful_slots_at_once_give_one_run() -> None:
    found = due_slots(DIGEST, TOKYO, JAPAN, "2026-11-18", tokyo(11, 20, 9), timedelta(days=2))
    assert told(found) == [("2026-11-19", "superseded"), ("2026-11-20", "late")]


def test_a_new_schedule_starts_today_and_has_missed_nothing() -> None:
    assert told(slots(DIGEST, None, tokyo(11, 20, 9))) == [("2026-11-20", "late")]
    assert slots(DIGEST, None, tokyo(11, 20, 18)) == []
    assert slots(DIGEST, None, tokyo(11, 20, 8)) == []


@pytest.mark.parametrize("last", ["2026-11-16", None])
def test_a_weekly_slot_on_a_holiday_moves_to_the_next_business_day(last: str | None) -> None:
    assert slots(MONDAYS, last, tokyo(11, 23, 12)) == []
    assert told(slots(MONDAYS, last, tokyo(11, 24, 9))) == [("2026-11-24", "on_time")]


def test_a_moved_weekly_slot_does_not_come_back_the_day_after() -> None:
    assert slots(MONDAYS, "2026-11-24", tokyo(11, 25, 9)) == []
    assert told(slots(MONDAYS, "2026-11-24", tokyo(11, 30, 9))) == [("2026-11-30", "on_time")]


def test_two_weeks_moved_onto_one_day_make_one_slot() -> None:
    # Both Wednesday 29 April and Wednesday 6 May 2026 move to Thursday 7 May.
    wednesdays = Weekly(2, time(9))
    assert told(slots(wednesdays, "2026-04-22", tokyo(5, 7, 9))) == [("2026-05-07", "on_time")]
    assert slots(wednesdays, "2026-05-07", tokyo(5, 12, 9)) == []


@pytest.mark.parametrize(
    ("before", "now", "key"),
    [
        ("2026-10-01", tokyo(11, 2, 9), "2026-11-02"),
        ("2026-12-01", tokyo(1, 4, 9, 0, 2027), "2027-01-04"),
        ("2026-04-01", tokyo(5, 7, 9), "2026-05-07"),
        (None, tokyo(1, 4, 9, 0, 2027), "2027-01-04"),
    ],
)
def test_a_monthly_slot_is_on_the_first_business_day(
    before: str | None, now: datetime, key: str
) -> None:
    assert told(slots(Monthly(time(9)), before, now)) == [(key, "on_time")]
    assert slots(Monthly(time(9)), before, now - timedelta(minutes=1)) == []
    assert slots(Monthly(time(9)), key, now + timedelta(days=20)) == []


@pytest.mark.parametrize(
    ("zone", "gap", "fold"),
    [
        ("Europe/Berlin", date(2026, 3, 29), date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8), date(2026, 11, 1)),
        ("Pacific/Auckland", date(2026, 9, 27), date(2026, 4, 5)),
    ],
)
def test_a_skipped_or_repeated_hour_gives_one_slot(zone: str, gap: date, fold: date) -> None:
    for jump in (gap, fold):
        noon = wall_instant(jump - timedelta(1), time(12), zone)
        assert _run_through(NIGHTLY, zone, noon, timedelta(days=3)) == [
            (jump + timedelta(n)).isoformat() for n in range(3)
        ]


def _run_through(rule: Rule, zone: str, start: datetime, length: timedelta) -> list[str]:
    """Keys a ticking clock runs, half an hour between ticks."""
    last, ran = local_day(start, zone).isoformat(), []
    for tick in range(length // timedelta(minutes=30)):
        now = start + timedelta(minutes=30) * tick
        for slot in slots(rule, last, now, zone):
            last = slot.key
            ran += [slot.key] if slot.state is SlotState.DUE else []
    return ran


def test_a_person_who_flies_west_gets_no_second_digest_for_the_day() -> None:
    now = utc(2026, 11, 20, 13, 30)
    assert slots(DIGEST, "2026-11-20", now, "America/New_York") == []
    assert told(slots(DIGEST, "2026-11-19", now, "America/New_York")) == [("2026-11-20", "on_time")]


def test_an_interval_runs_its_newest_turn_once() -> None:
    quarter = Interval(timedelta(minutes=15))
    (slot,) = slots(quarter, "2026-11-01T00:00:00Z", utc(2026, 11, 20, 10, 20))
    assert (slot.key, slot.state) == ("2026-11-20T10:15:00Z", SlotState.DUE)
    assert slot.local_day == date(2026, 11, 20)
    assert slots(quarter, slot.key, utc(2026, 11, 20, 10, 29, 59)) == []
    assert len(slots(quarter, None, utc(2026, 11, 20, 10, 29))) == 1


def test_an_interval_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        Interval(timedelta(0))


def test_keys_stay_in_order_when_a_rule_changes_its_kind() -> None:
    quarter = Interval(timedelta(minutes=15))
    assert slots(DIGEST, "2026-11-20T10:15:00Z", tokyo(11, 20, 9)) == []
    assert told(slots(DIGEST, "2026-11-20T10:15:00Z", tokyo(11, 24, 9))) != []
    assert len(slots(quarter, "2026-11-20", utc(2026, 11, 20, 0, 10))) == 1


RULES = st.sampled_from([DIGEST, NIGHTLY, MONDAYS, Weekly(4, time(0)), Monthly(time(23, 59))])
ZONES = st.sampled_from([TOKYO, "Europe/Berlin", "America/New_York", "Pacific/Auckland"])
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(RULES, ZONES, MOMENTS, st.integers(0, 60))
def test_slots_come_in_order_once_each_and_at_most_the_last_is_due(
    rule: Rule, zone: str, now: datetime, days_ago: int
) -> None:
    last = (local_day(now, zone) - timedelta(days_ago)).isoformat()
    found = due_slots(rule, zone, JAPAN, last, now, timedelta(days=3))
    keys = [slot.key for slot in found]
    assert keys == sorted(set(keys))
    assert all(last < slot.key and slot.at <= now for slot in found)
    assert all(slot.state is SlotState.MISSED for slot in found[:-1])


@given(RULES, ZONES, MOMENTS, st.integers(1, 40))
def test_what_is_taken_at_one_tick_is_not_found_at_the_next(
    rule: Rule, zone: str, now: datetime, later_hours: int
) -> None:
    first = slots(rule, (local_day(now, zone) - timedelta(9)).isoformat(), now, zone)
    if first:
        again = slots(rule, first[-1].key, now + timedelta(hours=later_hours), zone)
        assert not {slot.key for slot in first} & {slot.key for slot in again}

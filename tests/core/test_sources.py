"""A kind of facts is late by its own rhythm; where nothing of that is known, by a stated one."""

from datetime import date, timedelta

import pytest

from bot.core.calendar import WorkCalendar
from bot.core.gaps import Acting, Bottleneck, Collecting, Gaps
from bot.core.sources import build_file_source, build_metric_source

JAPAN = WorkCalendar("JP")
FRIDAY = date(2026, 11, 20)


def every(business_days: int, count: int, last_on: date) -> list[date]:
    return [JAPAN.add_business_days(last_on, -business_days * n) for n in reversed(range(count))]


@pytest.mark.row("B1", "E6")
@pytest.mark.parametrize(("waited", "is_late"), [(0, False), (3, False), (4, True)])
def test_a_daily_file_may_miss_three_days(waited: int, is_late: bool) -> None:
    last_on = JAPAN.add_business_days(FRIDAY, -waited - 1)
    source = build_file_source("tickets", every(1, 8, last_on), FRIDAY, JAPAN)
    assert (source.usual_days, source.is_learned) == (1.0, True)
    assert (source.waited_days, source.is_late) == (waited, is_late)


def test_a_monthly_file_is_not_late_after_two_weeks_nor_over_new_year() -> None:
    came = every(21, 7, date(2026, 12, 14))
    assert not build_file_source("nps", came, date(2027, 1, 6), JAPAN).is_late
    assert build_file_source("nps", came, date(2027, 2, 26), JAPAN).is_late
    daily = every(1, 8, date(2026, 12, 28))
    assert build_file_source("tickets", daily, date(2027, 1, 4), JAPAN).waited_days <= 3


def test_before_six_files_the_stated_rhythm_holds() -> None:
    source = build_file_source("tickets", every(1, 5, date(2026, 11, 9)), FRIDAY, JAPAN)
    assert (source.usual_days, source.is_learned, source.is_late) == (5.0, False, False)
    assert build_file_source("voc", [date(2026, 8, 3)], FRIDAY, JAPAN).usual_days == 65


def test_a_day_of_usage_may_not_miss_and_a_weekend_is_none() -> None:
    thursday = FRIDAY - timedelta(days=1)
    assert not build_metric_source("logins", [thursday], FRIDAY, JAPAN).is_late
    assert build_metric_source("logins", [thursday - timedelta(days=1)], FRIDAY, JAPAN).is_late
    monday_after_a_holiday = date(2026, 11, 24)
    assert not build_metric_source("logins", [FRIDAY], monday_after_a_holiday, JAPAN).is_late


@pytest.mark.row("B3")
@pytest.mark.parametrize(
    ("poor", "stuck", "found"),
    [
        (30, 2, Bottleneck.COLLECT),
        (5, 8, Bottleneck.ACT),
        (9, 1, Bottleneck.NEITHER),
        (0, 0, Bottleneck.NEITHER),
    ],
)
def test_the_greater_share_is_the_bottleneck(poor: int, stuck: int, found: Bottleneck) -> None:
    collecting = Collecting(100, poor, 0, 0, [], [], [])
    assert Gaps(collecting, Acting(10, 0, 10, stuck, 0, 0, 0, None)).bottleneck is found


def test_what_is_late_is_collecting_where_nothing_else_is_notable() -> None:
    late = build_metric_source("logins", [date(2026, 11, 17)], FRIDAY, JAPAN)
    collecting = Collecting(0, 0, 0, 0, [], [late], [])
    assert Gaps(collecting, Acting(0, 0, 0, 0, 0, 0, 0, None)).bottleneck is Bottleneck.COLLECT

"""Days and months as people and exports write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.ingest.fault import Unreadable
from bot.ingest.fields import Field, Type
from bot.ingest.values.dates import month_in, parse_day, parse_moment, parse_month
from bot.ingest.values.setting import Setting

TODAY = date(2026, 11, 20)


def setting(**changes: object) -> Setting:
    return Setting(Field("on", Type.DATE, (), **changes), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-01-05", "2026/1/5", "2026.01.05", "20260105", "2026年1月5日", "２０２６年１月５日"),
        *("令和8年1月5日", "令和 8 年 1 月 5 日", "R8.1.5", "r8/1/5", "Ｒ８．１．５", "令8.1.5"),
        *("2026年1月5日(月)", "2026/01/05（月）", "2026-01-05 (Mon)", "46027", "46027.75"),
        *("2026-01-05T23:59:00", "2026/01/05 9:30", "2026-01-05 09:30:00.000", "5 January 2026"),
        *("5-Jan-2026", "Jan 5, 2026", "January 5 2026", "5th Jan 2026", " 2026-01-05 "),
    ],
)
def test_every_common_form_is_the_fifth_of_january(text: str) -> None:
    assert parse_day(text, setting()) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("平成31年4月30日", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("H30.12.31", date(2018, 12, 31)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("2024-02-29", date(2024, 2, 29)),
        ("令和6年2月29日", date(2024, 2, 29)),
        ("25/12/2026", date(2026, 12, 25)),
        ("12/25/2026", date(2026, 12, 25)),
        ("03/03/2026", date(2026, 3, 3)),
    ],
)
def test_eras_leap_days_and_orders_only_one_way_round(text: str, day: date) -> None:
    assert parse_day(text, setting()) == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *(("2026/13/01", "date"), ("2026/02/30", "date"), ("2025-02-29", "date")),
        *(("令和8年2月30日", "date"), ("明日", "date"), ("12", "date"), (3.5, "date")),
        *(("26/1/5", "date_short_year"), ("'26.1.5", "date_short_year")),
        *(("1/5", "date_without_year"), ("1月5日", "date_without_year")),
        *(("05/01/2026", "date_order"), ("1-5-2026", "date_order")),
        *(("1026/1/5", "date_out_of_range"), ("2926-01-05", "date_out_of_range")),
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused_without_a_guess(cell: object, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_day(cell, setting())
    assert (refused.value.fault.code, refused.value.fault.mend) == (code, None)


@pytest.mark.parametrize("text", ["2026-1O-05", "2O26/10/05", "2026/10/O5"])
def test_a_letter_typed_for_a_digit_is_offered_as_a_mend(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_day(text, setting())
    assert refused.value.fault.mend == "2026-10-05"


@pytest.mark.parametrize("text", ["9999-12-31", "9999/12/31", "0000-00-00", "1900/1/0"])
def test_no_end_and_the_zero_day_say_nothing(text: str) -> None:
    assert parse_day(text, setting()) is None


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2026, 1, 5)), ("mdy", date(2026, 5, 1))])
def test_a_known_order_decides(order: str, day: date) -> None:
    asked = Setting(Field("on", Type.DATE, ()), TODAY, day_order=order)
    assert parse_day("05/01/2026", asked) == day


def test_facts_of_the_past_may_be_of_tomorrow_for_a_zone_further_east_but_no_later() -> None:
    past = setting(past=True)
    assert parse_day("2026-11-21", past) == date(2026, 11, 21)
    with pytest.raises(Unreadable, match="date_in_future"):
        parse_day("2026-11-22", past)


def test_a_moment_is_told_in_the_zone_given_and_as_written_without_one() -> None:
    tokyo = Setting(Field("on", Type.MOMENT, ()), TODAY, zone=ZoneInfo("Asia/Tokyo"))
    late = "2026-03-30T19:00:00.000Z"
    assert parse_day(late, setting()) == date(2026, 3, 30)
    assert parse_day(late, tokyo) == date(2026, 3, 31)
    assert parse_day(datetime(2026, 3, 30, 19), tokyo) == date(2026, 3, 30)  # noqa: DTZ001


@pytest.mark.parametrize("cell", [1_711_937_409, "1711937409", 1_711_937_409_512])
def test_epoch_seconds_and_milliseconds_are_moments(cell: object) -> None:
    tokyo = Setting(Field("on", Type.MOMENT, ()), TODAY, zone=ZoneInfo("Asia/Tokyo"))
    assert parse_moment(cell, tokyo) == date(2024, 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01",
        "2026/1",
        "2026年1月",
        "202601",
        "2026年1月分",
        "令和8年1月",
        "Jan 2026",
        "2026-01-01",
    ],
)
def test_months_in_every_form_are_their_first_day(text: str) -> None:
    assert parse_month(text, setting()) == date(2026, 1, 1)


def test_a_month_stands_for_a_day_only_where_the_field_allows_it() -> None:
    assert parse_day("2022-03", setting(month_is_first_day=True)) == date(2022, 3, 1)
    with pytest.raises(Unreadable):
        parse_day("2022-03", setting())


@pytest.mark.parametrize("text", ["2026-13", "2026年0月"])
def test_a_thirteenth_month_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="month"):
        month_in(text)

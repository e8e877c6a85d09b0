"""Worked days on which use is low by habit. Refuses to call any of them a day off.

People are at work and hear from us; what is measured against the past leaves these days out.
"""

from datetime import date, timedelta
from functools import lru_cache

from bot.core.calendar import WorkCalendar, YearlySpan, is_public_holiday

_DAY = timedelta(days=1)

# Wherever Christmas Day is a public holiday, little is done until New Year is over.
_CHRISTMAS_TO_NEW_YEAR = YearlySpan((12, 24), (1, 2))
# The last and the first day of work around New Year, what Golden Week and Obon leave open.
_BY_COUNTRY = {
    "JP": (
        YearlySpan((12, 28), (1, 4)),
        YearlySpan((4, 29), (5, 6)),
        YearlySpan((8, 12), (8, 16)),
    )
}


def list_slow_days(calendar: WorkCalendar, start: date, end: date) -> frozenset[date]:
    """The slow days from `start` up to but not including `end`; each is a business day.

    They are the country's habits, and bridges: single worked days between days off of which one
    at least is no weekend, such as the Friday after Thanksgiving.
    """
    days = (start + timedelta(days=n) for n in range((end - start).days))
    return frozenset(on for on in days if calendar.is_business_day(on) and _is_slow(calendar, on))


def list_slow_between(calendar: WorkCalendar, last_on: date, count: int) -> list[date]:
    """The slow days that a window of `count` usual business days up to `last_on` steps over."""
    on, found = last_on, []
    while count > 0:
        if calendar.is_business_day(on):
            is_slow = _is_slow(calendar, on)
            found += [on] if is_slow else []
            count -= not is_slow
        on -= _DAY
    return sorted(found)


def _is_slow(calendar: WorkCalendar, on: date) -> bool:
    return on in _habits(calendar.country, on.year) or _is_bridge(calendar, on)


def _is_bridge(calendar: WorkCalendar, on: date) -> bool:
    around = (on - _DAY, on + _DAY)
    is_alone = not any(calendar.is_business_day(day) for day in around)
    return is_alone and any(day.weekday() in calendar.workdays for day in around)


@lru_cache(maxsize=512)
def _habits(country: str, year: int) -> frozenset[date]:
    spans = _BY_COUNTRY.get(country, ())
    if is_public_holiday(country, date(year, 12, 25)):
        spans = (*spans, _CHRISTMAS_TO_NEW_YEAR)
    return frozenset(day for span in spans for day in span.days(year))

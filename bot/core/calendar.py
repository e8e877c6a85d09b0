"""Business days of a country and a company.  Refuses to know what day it is."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class YearlySpan:
    """Days closed each year, first and last included, as (month, day); may cross the year's end.

    A day the month lacks (29 February) is read as the month's last.
    """

    first: tuple[int, int]
    last: tuple[int, int]

    def __post_init__(self) -> None:
        for month, day in (self.first, self.last):
            if not (1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]):
                raise ValueError(f"{month}/{day} is not a day of the year")

    def days(self, year: int) -> Iterator[date]:
        """The span's days that lie in `year`."""
        first, last = _day_of(year, self.first), _day_of(year, self.last)
        if first <= last:
            yield from _each_day(first, last)
        else:
            yield from _each_day(date(year, 1, 1), last)
            yield from _each_day(first, date(year, 12, 31))


Closure = YearlySpan | date

# 年末年始, ゴールデンウィーク with its bridge days, お盆: habit, not law, closes these.
_USUAL_CLOSURES: dict[str, tuple[Closure, ...]] = {
    "JP": (
        YearlySpan((12, 29), (1, 3)),
        YearlySpan((4, 29), (5, 5)),
        YearlySpan((8, 13), (8, 16)),
    )
}


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked in `country` (ISO 3166, two letters).

    `closures` are the company's own days off beside public holidays; None takes the country's
    usual ones.  `workdays` are weekdays, Monday 0.  Equal calendars share their cached years.
    """

    country: str = "JP"
    closures: tuple[Closure, ...] | None = None
    workdays: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        if not is_known_country(self.country):
            raise ValueError(f"no holidays are known for {self.country!r}; write JP, US, DE …")
        if not self.workdays or not self.workdays <= frozenset(range(7)):
            raise ValueError("working days are one or more of 0 (Monday) to 6 (Sunday)")

    def is_business_day(self, on: date) -> bool:
        """Whether `on` is worked."""
        return on not in _year_of(self, on.year).off

    def next_business_day(self, on: date) -> date:
        """`on` itself when it is worked, else the first worked day after it."""
        while not self.is_business_day(on):
            on += _DAY
        return on

    def add_business_days(self, on: date, n: int) -> date:
        """The n-th business day after `on` (before it when negative); 0 is `next_business_day`."""
        if n == 0:
            return self.next_business_day(on)
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            on += step
            while not self.is_business_day(on):
                on += step
        return on

    def business_days(self, start: date, end: date) -> int:
        """How many of the days from `start` up to but not including `end` are worked."""
        return sum(
            bisect_left(worked, end) - bisect_left(worked, start)
            for worked in (_year_of(self, year).worked for year in range(start.year, end.year + 1))
            if start < end
        )

    def days_off(self, start: date, end: date) -> frozenset[date]:
        """The days from `start` up to but not including `end` that are not worked."""
        return frozenset(
            day
            for year in range(start.year, end.year + 1)
            for day in _year_of(self, year).off
            if start <= day < end
        )

    def first_business_day(self, year: int, month: int) -> date:
        """The month's first worked day."""
        return self.next_business_day(date(year, month, 1))


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


def is_known_country(country: str) -> bool:
    """Whether public holidays of this ISO 3166 code are known."""
    return country in _countries()


def is_public_holiday(country: str, on: date) -> bool:
    """Whether the law of a known country closes `on`."""
    return on in _public_holidays(country, on.year)


def build_usual(
    country: str, closed_on: Iterable[date] = (), workdays: Iterable[int] = range(5)
) -> WorkCalendar:
    """The calendar usual in a known country, with further days closed."""
    further = sorted(closed_on)
    closures = (*_USUAL_CLOSURES.get(country, ()), *further) if further else None
    return WorkCalendar(country, closures, frozenset(workdays))


@dataclass(frozen=True)
class _Year:
    off: frozenset[date]
    worked: tuple[date, ...]


# 64 years of 32 calendars: a year is about 366 dates, computed once in a few milliseconds.
@lru_cache(maxsize=2048)
def _year_of(calendar: WorkCalendar, year: int) -> _Year:
    closed = set(_public_holidays(calendar.country, year))
    for closure in _closures_of(calendar):
        closed.update(closure.days(year) if isinstance(closure, YearlySpan) else (closure,))
    days = tuple(_each_day(date(year, 1, 1), date(year, 12, 31)))
    worked = tuple(d for d in days if d.weekday() in calendar.workdays and d not in closed)
    return _Year(frozenset(days).difference(worked), worked)


@lru_cache(maxsize=512)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


def _closures_of(calendar: WorkCalendar) -> tuple[Closure, ...]:
    if calendar.closures is None:
        return _USUAL_CLOSURES.get(calendar.country, ())
    return calendar.closures


def _day_of(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    return date(year, month, min(day, monthrange(year, month)[1]))


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))

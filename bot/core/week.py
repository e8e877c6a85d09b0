"""Which days a weekly summary is about. Refuses weeks that have not begun."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.calendar import WorkCalendar
from bot.core.refusal import BadInput

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
# 2026-11-09, 2026/11/9, 11/9, 11月9日
_SAID = re.compile(r"(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})日?")


@dataclass(frozen=True)
class Week:
    """Whole weeks, from a Monday up to a Sunday; `week_on` is the Monday of the last of them.

    More than one where a week before had no business day on which it could have been told.
    """

    week_on: date
    since_on: date

    @property
    def until_on(self) -> date:
        """The Sunday it ends on."""
        return self.week_on + _WEEK - _DAY

    @property
    def next_on(self) -> date:
        """The Monday after it: what had come about when it was over is known by that morning."""
        return self.week_on + _WEEK

    @property
    def weeks(self) -> int:
        """How many weeks it is made of."""
        return (self.next_on - self.since_on) // _WEEK

    def holds(self, on: date) -> bool:
        """Whether a day is one of its own."""
        return self.since_on <= on <= self.until_on


def find_last_week(today: date, calendar: WorkCalendar) -> Week:
    """The week before today's, with those before it that no summary could tell.

    A summary of a week falls on the first business day after it. Over a New Year that is a week
    of its own without any, two weeks are told at once: nothing is left out.
    """
    week_on = _monday(today) - _WEEK
    since_on = week_on
    while not _has_business_day(since_on, calendar):
        since_on -= _WEEK
    return Week(week_on, since_on)


def find_week(week_on: date, calendar: WorkCalendar) -> Week:
    """What the summary of the week that begins on a Monday is about."""
    return find_last_week(week_on + _WEEK, calendar)


def read_week(said: str, today: date, calendar: WorkCalendar) -> Week:
    """The week of a day as people type it, as its summary told it; the last where nothing is said.

    A day without a year is the latest of its name. Raises `BadInput` for anything else, and for a
    week that has not begun.
    """
    text = unicodedata.normalize("NFKC", said).strip()
    if not text:
        return find_last_week(today, calendar)
    on = _read_day(text, today)
    if on is None or _monday(on) > today:
        raise BadInput("which_week", said=said.strip())
    return find_week(_monday(on), calendar)


def _read_day(text: str, today: date) -> date | None:
    found = _SAID.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()
    years = [int(year)] if year else [today.year, today.year - 1]
    days = [made for each in years if (made := _make(each, int(month), int(day)))]
    past = [each for each in days if _monday(each) <= today]
    return next(iter(past or days), None)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _has_business_day(monday: date, calendar: WorkCalendar) -> bool:
    return calendar.business_days(monday, monday + _WEEK) > 0


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())

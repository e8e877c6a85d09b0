"""How much is worked on a day: the shape of a year in Japanese and American companies.

1.0 is a plain Wednesday. Public holidays come from the `holidays` package.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np
from numpy.typing import NDArray

WEEKDAY_SHAPE = (1.05, 1.02, 1.0, 0.99, 0.93)
# habit -> weekend and public holiday, New Year closure, Golden Week bridge day, Obon weekday
REST = {
    "office": (0.0, 0.0, 0.6, 0.4),
    "factory": (0.0, 0.0, 0.0, 0.0),
    "shop": (0.5, 0.25, 1.0, 0.8),
    "always": (0.65, 0.35, 1.0, 0.9),
}


def measure_days(days: Sequence[date], country: str, habit: str) -> NDArray[np.float64]:
    """The share of a plain working day worked on each day, for a country and a habit of work."""
    measure = _measure_japan if country == "JP" else _measure_abroad
    return np.array([measure(day, habit) for day in days])


def is_holiday(day: date, country: str) -> bool:
    """Whether a public holiday of the country falls on the day."""
    return day in _list_holidays(country, day.year)


def is_working(day: date, country: str) -> bool:
    """Whether people of an office in the country are at work: no weekend, holiday or closure."""
    return bool(measure_days([day], country, "office")[0] >= 0.5)


def next_working(day: date, country: str) -> date:
    """The day itself or the first working day after it."""
    while not is_working(day, country):
        day += timedelta(days=1)
    return day


def _measure_japan(day: date, habit: str) -> float:
    weekend, new_year, bridge, obon = REST[habit]
    md = (day.month, day.day)
    if md >= (12, 29) or md <= (1, 3):
        return new_year
    if day.weekday() >= 5 or is_holiday(day, "JP"):
        return weekend
    if (4, 29) <= md <= (5, 6):
        return bridge
    if (8, 12) <= md <= (8, 16):
        return max(obon, 0.8) if md == (8, 12) and habit != "factory" else obon
    edge = {(12, 28): 0.8, (1, 4): 0.85}.get(md, 1.0)
    return edge * WEEKDAY_SHAPE[day.weekday()]


def _measure_abroad(day: date, habit: str) -> float:
    weekend, closed, *_ = REST[habit]
    md = (day.month, day.day)
    if md in {(12, 25), (1, 1)}:
        return closed
    if day.weekday() >= 5 or is_holiday(day, "US"):
        return weekend
    if md == (12, 24) or (is_holiday(day - timedelta(days=1), "US") and day.weekday() == 4):
        return max(weekend, 0.35)
    quiet = 0.65 if md >= (12, 26) else 1.0
    return quiet * WEEKDAY_SHAPE[day.weekday()]


@cache
def _list_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))

"""Dates as Japanese offices write them: 令和 in three spellings, and Excel's serial numbers."""

from datetime import date

REIWA_FROM = date(2019, 5, 1)
EXCEL_ZERO = date(1899, 12, 30)


def show_era(day: date) -> str:
    """令和8年12月4日, R8.12.4 or 2026/12/4, chosen by the day itself; older days stay western."""
    if day < REIWA_FROM:
        return f"{day.year}/{day.month}/{day.day}"
    year = day.year - 2018
    return (
        f"令和{year if year > 1 else '元'}年{day.month}月{day.day}日",
        f"R{year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
    )[day.toordinal() % 3]


def show_serial(day: date) -> int:
    """The number Excel keeps for a day (1900 date system)."""
    return (day - EXCEL_ZERO).days

"""Days, moments and months as people and exports write them.

Refuses what could be two days: 05/01/2026 without a known order, years of two digits, no year.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bot.ingest.fault import Unreadable
from bot.ingest.fold import show
from bot.ingest.values.letters import digits_meant
from bot.ingest.values.setting import Setting

_ERAS = {
    **dict.fromkeys(("令和", "令", "r", "㋿"), 2018),
    **dict.fromkeys(("平成", "平", "h"), 1988),
    **dict.fromkeys(("昭和", "昭", "s"), 1925),
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[t ]\s*\d{1,2}[:時].*)?"
_WEEKDAY = re.compile(r"\s*[(（](?:mon|tue|wed|thu|fri|sat|sun|[月火水木金土日])[a-z曜日]*[)）]")
_YMD = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{_TIME}")
_ERA = re.compile(
    rf"(令和|平成|昭和|令|平|昭|[rhs])\s*(\d{{1,2}}|元)\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*"
    rf"(\d{{1,2}})\s*日?{_TIME}"
)
_ERA_MONTH = re.compile(
    r"(令和|平成|昭和|令|平|昭|[rhs])\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})\s*月?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LAST_YEAR = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}")
_NAMED_FIRST = re.compile(rf"([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}")
_NAMED_LAST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[- ]([a-z]{{3,9}})\.?,?[- ](\d{{4}}){_TIME}")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:分|度)?")
_MONTH_COMPACT = re.compile(r"(\d{4})(\d{2})")
_MONTH_NAMED = re.compile(r"([a-z]{3,9})\.?[- ](\d{4})")
_NO_YEAR = re.compile(r"\d{1,2}\s*[/.月-]\s*\d{1,2}\s*日?")
_SHORT_YEAR = re.compile(r"'?\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

# Excel counts days from 1899-12-30 (its 1900 leap year included); 20000 is 1954, 80000 is 2119.
_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = (20_000, 80_000)
_NO_DAY = frozenset({"0000-00-00", "0000/00/00", "1900/1/0", "1900-01-00", "00/00/0000"})
_OPEN_END = 9999


def parse_day(cell: object, setting: Setting) -> date | None:
    """The day meant; None for Excel's zero day and for 9999-12-31 (no end)."""
    day = _day_of(cell, setting)
    if day is None or day.year == _OPEN_END:
        return None
    return _plausible(day, cell, setting)


def parse_month(cell: object, setting: Setting) -> date:
    """The first day of the month meant."""
    if isinstance(cell, str):
        first = _month_of(_plain(cell))
        if first is not None:
            return _plausible(first, cell, setting)
    day = parse_day(cell, setting)
    if day is None:
        raise Unreadable("month", value=show(cell))
    return day.replace(day=1)


def parse_moment(cell: object, setting: Setting) -> date | None:
    """The day of a moment; epoch seconds and milliseconds are understood too."""
    seconds = _epoch(cell)
    if seconds is None:
        return parse_day(cell, setting)
    moment = datetime.fromtimestamp(seconds, setting.zone or UTC)
    return _plausible(moment.date(), cell, setting)


def month_in(text: str) -> date | None:
    """First day of the month a header names with its year; None where it names none."""
    return _month_of(_plain(text))


def order_in(text: str) -> str | None:
    """`dmy`/`mdy` where a day-first or month-first date shows it, `open` where it fits both."""
    found = _LAST_YEAR.fullmatch(_plain(text))
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    if first > 12 or second > 12:
        return "dmy" if first > second else "mdy"
    return None if first == second else "open"


def _day_of(cell: object, setting: Setting) -> date | None:
    if isinstance(cell, datetime):
        return _local(cell, setting).date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(float(cell), cell)
    text = _plain(str(cell))
    if text in _NO_DAY:
        return None
    for read in (_instant, _written, _named, _swapped):
        day = read(text, setting)
        if day is not None:
            return day
    if _NUMBER.fullmatch(text):
        return _serial(float(text), cell)
    raise _why_not(text, cell, setting)


def _plain(text: str) -> str:
    return _WEEKDAY.sub("", unicodedata.normalize("NFKC", text).casefold().strip())


def _local(moment: datetime, setting: Setting) -> datetime:
    if moment.tzinfo is None or setting.zone is None:
        return moment
    return moment.astimezone(setting.zone)


def _instant(text: str, setting: Setting) -> date | None:
    if len(text) < 17 or not text[:4].isdigit():
        return None
    try:
        return _local(datetime.fromisoformat(text.replace("/", "-").upper()), setting).date()
    except (ValueError, OverflowError):
        return None


def _written(text: str, setting: Setting) -> date | None:
    for pattern in (_YMD, _COMPACT):
        found = pattern.fullmatch(text)
        if found:
            return _made(int(found[1]), int(found[2]), int(found[3]), text)
    found = _ERA.fullmatch(text)
    if found:
        return _made(_era_year(found), int(found[3]), int(found[4]), text)
    if setting.field.month_is_first_day:
        return _month_of(text)
    return None


def _named(text: str, setting: Setting) -> date | None:
    found = _NAMED_FIRST.fullmatch(text)
    if found:
        return _made(int(found[3]), _month_number(found[1], text), int(found[2]), text)
    found = _NAMED_LAST.fullmatch(text)
    if found:
        return _made(int(found[3]), _month_number(found[2], text), int(found[1]), text)
    return None


def _swapped(text: str, setting: Setting) -> date | None:
    found = _LAST_YEAR.fullmatch(text)
    if not found:
        return None
    order = order_in(text)
    if order == "open":
        order = setting.day_order
        if order is None:
            raise Unreadable("date_order", value=text)
    day, month = (found[1], found[2]) if order != "mdy" else (found[2], found[1])
    return _made(int(found[3]), int(month), int(day), text)


def _month_of(text: str) -> date | None:
    for pattern in (_MONTH, _MONTH_COMPACT):
        found = pattern.fullmatch(text)
        if found:
            return _made(int(found[1]), int(found[2]), 1, text, "month")
    found = _ERA_MONTH.fullmatch(text)
    if found:
        return _made(_era_year(found), int(found[3]), 1, text, "month")
    found = _MONTH_NAMED.fullmatch(text)
    if found and found[1][:3] in _MONTHS:
        return _made(int(found[2]), _MONTHS.index(found[1][:3]) + 1, 1, text, "month")
    return None


def _era_year(found: re.Match[str]) -> int:
    return _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))


def _month_number(name: str, text: str) -> int:
    if name[:3] not in _MONTHS:
        raise Unreadable("date", value=text)
    return _MONTHS.index(name[:3]) + 1


def _made(year: int, month: int, day: int, text: str, code: str = "date") -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(code, value=text) from None


def _serial(number: float, cell: object) -> date:
    least, most = _EXCEL_DAYS
    if not least <= number <= most:
        raise Unreadable("date", value=show(cell))
    return _EXCEL_ZERO + timedelta(days=int(number))


def _epoch(cell: object) -> float | None:
    text = str(cell).strip()
    if isinstance(cell, bool) or not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    if 1e9 <= number < 1e10:
        return number
    return number / 1000 if 1e12 <= number < 1e13 else None


def _plausible(day: date, cell: object, setting: Setting) -> date:
    # A source east of us may already have tomorrow.
    if setting.field.past and day > setting.today + timedelta(days=1):
        raise Unreadable("date_in_future", value=show(cell), today=setting.today.isoformat())
    if not 1950 <= day.year <= setting.today.year + 100:
        raise Unreadable("date_out_of_range", value=show(cell))
    return day


def _why_not(text: str, cell: object, setting: Setting) -> Unreadable:
    if _SHORT_YEAR.fullmatch(text):
        return Unreadable("date_short_year", value=show(cell))
    if _NO_YEAR.fullmatch(text):
        return Unreadable("date_without_year", value=show(cell))
    return Unreadable("date", _mend(text, setting, _day_of), value=show(cell))


def _mend(
    text: str, setting: Setting, read: Callable[[object, Setting], date | None]
) -> str | None:
    meant = digits_meant(text)
    if meant == text:
        return None
    try:
        day = read(meant, setting)
    except Unreadable:
        return None
    return day.isoformat() if day else None

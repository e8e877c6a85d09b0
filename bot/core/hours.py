"""Wall clocks and office hours.  Pure: knows no zone and no time but those it is given."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import WorkCalendar

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class OfficeHours:
    """From `opens` up to `closes` on the wall clock of `zone` (IANA name), on one day."""

    zone: str
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"office hours open before they close, not {self.opens}–{self.closes}")


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of an aware instant in `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()


def wall_instant(on: date, wall_time: time, zone: str) -> datetime:
    """The UTC instant at which the clock of `zone` shows that time on that day.

    A time the clock skips (spring) gives the first minute after the gap, one it shows twice
    (autumn) the first of the two.
    """
    local = datetime.combine(on, wall_time, ZoneInfo(zone))
    first = local.replace(fold=0).astimezone(UTC)
    second = local.replace(fold=1).astimezone(UTC)
    # Outside a gap fold 0 is the earlier reading; inside one it is the later (PEP 495).
    return first if first <= second else _end_of_gap(second, first, zone)


def next_opening(at: datetime, hours: OfficeHours, calendar: WorkCalendar) -> datetime:
    """The first instant at or after `at` when the person may be disturbed, in UTC."""
    on = calendar.next_business_day(local_day(at, hours.zone))
    while True:
        opens, closes = _span_on(on, hours)
        # Hours that lie wholly in a skipped hour are empty that day.
        if opens < closes and at < closes:
            return max(opens, at.astimezone(UTC))
        on = calendar.add_business_days(on, 1)


def _span_on(on: date, hours: OfficeHours) -> tuple[datetime, datetime]:
    return (
        wall_instant(on, hours.opens, hours.zone),
        wall_instant(on, hours.closes, hours.zone),
    )


def _end_of_gap(before: datetime, after: datetime, zone: str) -> datetime:
    """Bisect, by whole minutes, for the first instant that has the offset of `after`."""
    inside = ZoneInfo(zone)
    new_offset = after.astimezone(inside).utcoffset()
    while after - before > _MINUTE:
        middle = before + _MINUTE * ((after - before) // (2 * _MINUTE))
        if middle.astimezone(inside).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after

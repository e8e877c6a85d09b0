"""The days that are lived through: when the clocks are started anew, and what must be said by then.

Says so without asking the bot: the days are written down here, and none is a holiday.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.kill.company import TOKYO, Company, Reader

FIRST_DAY = date(2026, 12, 1)
DIGEST_AT = time(8, 30)
RESUMED_AFTER = timedelta(minutes=6)
"""Imports are taken up every five minutes."""


@dataclass(frozen=True)
class Step:
    """Business time from `at` on: the clocks start anew, these readers' digests are due.

    `has_night` says that the nightly recompute is due, `is_morning` that a file comes.
    """

    at: datetime
    day: date
    readers: tuple[Reader, ...]
    has_night: bool = False


def list_days(count: int) -> list[date]:
    """So many business days from the first one on."""
    days = (FIRST_DAY + timedelta(days=n) for n in range(count * 2 + 3))
    return [day for day in days if day.weekday() < 5][:count]


def list_steps(company: Company, days: Sequence[date]) -> list[Step]:
    """Every zone's morning of every day, and a while later the same day once more."""
    steps = [step for day in days for step in _mornings(company, day)]
    return sorted(steps, key=lambda step: step.at)


def _mornings(company: Company, day: date) -> Iterator[Step]:
    for zone in sorted({reader.zone for reader in company.staff}):
        readers = tuple(reader for reader in company.staff if reader.zone == zone)
        at = datetime.combine(day, DIGEST_AT, ZoneInfo(zone)) + timedelta(seconds=2)
        yield Step(at, day, readers, has_night=zone == TOKYO)
        yield Step(at + RESUMED_AFTER, day, ())

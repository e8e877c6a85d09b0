"""The only reader of the wall clock. Business time may be shifted by the demo; elapsed time never.

Business time (`now`, `today`) serves slots, due dates, windows and texts. Real time (`elapsed`,
`real_now`) serves leases, pacing, signatures and triggers, which must not jump when a day is
skipped.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """What the house asks of a clock."""

    def now(self) -> datetime:
        """Business time, aware, UTC."""

    def real_now(self) -> datetime:
        """Wall time, aware, UTC; never shifted."""

    def elapsed(self) -> float:
        """Seconds on a monotonic scale; never shifted."""


class SystemClock:
    """Wall time, with no shift."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real_now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.monotonic()


@dataclass
class ShiftedClock:
    """Wall time plus an offset; the demo's "next day" moves the offset, never backwards."""

    offset: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def real_now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.monotonic()

    def advance_to(self, at: datetime) -> None:
        """Make `at` the present business time; a time already past is refused."""
        if at < self.now():
            raise ValueError(f"the clock only moves forward: {at.isoformat()} is past")
        self.offset = at - datetime.now(UTC)


@dataclass
class FixedClock:
    """Stands still until it is told to move; for tests and for replaying a past day."""

    at: datetime
    ticks: float = 0.0

    def now(self) -> datetime:
        return self.at

    def real_now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return self.ticks

    def move_to(self, at: datetime) -> None:
        """Jump to `at`; monotonic seconds follow the jump forward."""
        self.ticks += max(0.0, (at - self.at).total_seconds())
        self.at = at


def today(clock: Clock, zone: str) -> date:
    """The business day now begun in `zone`."""
    return clock.now().astimezone(ZoneInfo(zone)).date()

"""The sandbox's two clocks: a business clock its owner may shift, and real elapsed time.

Message stamps follow the business clock; triggers, signatures and rate limits never do.
"""

import time
from datetime import UTC, datetime, timedelta

_MICROSECOND = 1_000_000
BUSINESS_TIME = "X-Business-Time"


class Clock:
    """Business time as real time plus an offset; stamps never repeat and never go back."""

    def __init__(self, now: datetime | None = None) -> None:
        self._offset = timedelta()
        self._last_stamp = 0
        if now is not None:
            self.set_now(now)

    def now(self) -> datetime:
        """Business time, aware, UTC."""
        return datetime.now(UTC) + self._offset

    def set_now(self, instant: datetime) -> None:
        """Move business time so that it is `instant` now (aware; naive is refused)."""
        if instant.tzinfo is None:
            raise ValueError(f"{instant.isoformat()} has no offset; write it as ...+00:00")
        self._offset = instant.astimezone(UTC) - datetime.now(UTC)

    def follow(self, told: str | None) -> None:
        """Keep up with the business time a bot tells of; it never goes back."""
        if told is None:
            return
        instant = datetime.fromisoformat(told)
        if instant > self.now():
            self.set_now(instant)

    def stamp(self) -> str:
        """A fresh message `ts`: business seconds with six digits, greater than every one before."""
        micros = round(self.now().timestamp() * _MICROSECOND)
        self._last_stamp = max(micros, self._last_stamp + 1)
        return f"{self._last_stamp // _MICROSECOND}.{self._last_stamp % _MICROSECOND:06d}"

    @staticmethod
    def elapsed() -> float:
        """Real monotonic seconds, for leases, triggers and rates."""
        return time.monotonic()

    @staticmethod
    def epoch() -> int:
        """Real Unix seconds, for request signatures."""
        return int(time.time())

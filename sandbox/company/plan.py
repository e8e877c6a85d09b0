"""What a run of the generator is asked for, and the days it covers."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

HISTORY_MONTHS = 18
FEWEST_ACCOUNTS = 60


@dataclass(frozen=True)
class Plan:
    """One sample company.

    `until` is the sample's today: history ends on the day before it. `future_days` daily
    deliveries follow; the first arrives on the morning after `until` and holds `until` itself.
    What happens to customers is told by days before and after `told_on`, which is `until` unless
    said otherwise: a later one lets much of it happen while somebody watches.
    Raises ValueError for fewer accounts than the stories and past customers need.
    """

    seed: int = 20261120
    account_count: int = 130
    until: date = date(2026, 11, 20)
    future_days: int = 60
    told_on: date | None = None

    def __post_init__(self) -> None:
        if self.account_count < FEWEST_ACCOUNTS:
            raise ValueError(f"--accounts {self.account_count}: at least {FEWEST_ACCOUNTS}")
        if self.future_days < 0:
            raise ValueError(f"--future-days {self.future_days}: cannot be negative")

    @property
    def start_on(self) -> date:
        """The first day of history: eighteen months back."""
        return add_months(self.until, -HISTORY_MONTHS) + timedelta(days=1)

    @property
    def history_ends_on(self) -> date:
        """The last day the history files hold."""
        return self.until - timedelta(days=1)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of history and future in order."""
        count = (self.until - self.start_on).days + self.future_days
        return tuple(self.start_on + timedelta(days=each) for each in range(count))

    @property
    def origin(self) -> date:
        """The day from which the days of happenings are counted."""
        return self.told_on or self.until

    def day(self, offset: int) -> date:
        """The day so many days after (before, when negative) the origin."""
        return self.origin + timedelta(days=offset)

    def offset(self, day: date) -> int:
        """How many days after the origin a day is."""
        return (day - self.origin).days

    def position(self, on: date) -> int:
        """Where a day stands in `days`; outside of them for days outside."""
        return (on - self.start_on).days


def add_months(day: date, months: int) -> date:
    """The same day so many months on; month ends are kept inside the month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no such month: {year}-{month}")

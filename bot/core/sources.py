"""How often each kind of facts comes, and whether it is late. Refuses to expect what never came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from bot.core.calendar import WorkCalendar

_FEWEST_GAPS = 5
# Business days between two files, until the kind's own past tells.
_DEFAULTS = {
    "contact_activity": 1,
    "tickets": 5,
    "touches": 5,
    "accounts": 22,
    "contacts": 22,
    "contracts": 22,
    "invoices": 22,
    "members": 22,
    "usage_monthly": 22,
}
_SELDOM = 65
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Source:
    """A kind of file, or (`is_metric`) a metric of daily usage, which is to come every day.

    `waited_days` are the business days since it came, today left out. `usual_days` lie between two
    of its days, by its own past where `is_learned`.
    """

    kind: str
    last_on: date
    waited_days: int
    usual_days: float
    is_learned: bool
    is_metric: bool = False

    @property
    def is_late(self) -> bool:
        """A file may miss once, and two days; a day of usage may not."""
        return self.waited_days > (0 if self.is_metric else _most(self.usual_days))

    @property
    def key(self) -> str:
        """What it is told as; with the day it stopped at, one outage."""
        return f"source:{self.kind}"

    @property
    def outage_key(self) -> str:
        """What its outage is told as: the same as long as it lasts."""
        return f"{self.key}:{self.last_on.isoformat()}"


def build_file_source(
    kind: str, came_on: Sequence[date], today: date, calendar: WorkCalendar
) -> Source:
    """By the days on which its files came, ascending and each once; there is one at least."""
    gaps = [calendar.business_days(before, after) for before, after in pairwise(came_on)]
    is_learned = len(gaps) >= _FEWEST_GAPS
    usual = max(1.0, median(gaps)) if is_learned else float(_DEFAULTS.get(kind, _SELDOM))
    return Source(
        kind=kind,
        last_on=came_on[-1],
        waited_days=calendar.business_days(came_on[-1] + _DAY, today),
        usual_days=usual,
        is_learned=is_learned,
    )


def build_metric_source(
    metric: str, whole_on: Sequence[date], today: date, calendar: WorkCalendar
) -> Source:
    """By its whole days, ascending."""
    return Source(
        kind=metric,
        last_on=whole_on[-1],
        waited_days=calendar.business_days(whole_on[-1] + _DAY, today),
        usual_days=1.0,
        is_learned=False,
        is_metric=True,
    )


def _most(usual_days: float) -> float:
    return max(2 * usual_days, usual_days + 2)

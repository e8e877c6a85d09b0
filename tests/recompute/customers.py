"""A small customer base whose usage is drawn by hand, for stories about scores."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.clock import FixedClock
from bot.core.calendar import WorkCalendar
from bot.core.vocabulary import Band
from bot.store.bulk.usage import WriteResult, write_usage
from bot.store.tables import Account, AccountScore
from bot.store.unit import Store

METRICS = ("logins", "active_users", "key_actions", "features_used", "exports")
# A business day of an account in good use: 20 seats, 12 people.
USUAL = (18.0, 12.0, 40.0, 7.0, 3.0)

Shape = Callable[[date], float]


def steady(_: date) -> float:
    return 1.0


@dataclass
class Customers:
    """One workspace; every helper commits."""

    store: Store
    clock: FixedClock
    workspace_id: int
    accounts: dict[str, int] = field(default_factory=dict)

    def add_account(self, ref: str, **facts: Any) -> int:
        with self.store.writing(self.workspace_id) as unit:
            made = Account(**{"ref": ref, "name": ref, "seats": 20, "known_at": unit.at} | facts)
            unit.add(made)
            unit.session.flush()
            self.accounts[ref] = made.id
        return made.id

    def add(self, row: Any) -> None:
        """Any other row of the workspace."""
        with self.store.writing(self.workspace_id) as unit:
            unit.add(row)

    def use(
        self,
        ref: str,
        first_on: date,
        last_on: date,
        shape: Shape = steady,
        *,
        country: str = "JP",
        leaves_out_zeros: bool = False,
    ) -> WriteResult:
        """Usage of the days: `shape` times the usual on business days, zero on days off."""
        days = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
        calendar = WorkCalendar(country)
        share = np.array([shape(on) * calendar.is_business_day(on) for on in days])
        values = np.round(np.array(USUAL)[:, None] * share)
        if leaves_out_zeros:
            values = np.where(values == 0, np.nan, values)
        return self.write(ref, first_on, values)

    def write(self, ref: str, first_on: date, values: NDArray[np.float64]) -> WriteResult:
        ids = np.array([self.accounts[ref]], dtype=np.int64)
        with self.store.writing(self.workspace_id) as unit:
            return write_usage(unit, METRICS[: len(values)], ids, first_on, values[None])

    def score(self, ref: str, run_on: date) -> AccountScore:
        with self.store.reading(self.workspace_id) as unit:
            key = (self.workspace_id, run_on, self.accounts[ref])
            return unit.session.get_one(AccountScore, key)

    def band(self, ref: str, run_on: date) -> Band:
        return Band(self.score(ref, run_on).band)


def at(on: date, hour: int = 21) -> datetime:
    """An instant of the day before `on` in UTC that is morning in Tokyo."""
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC) - timedelta(days=1)

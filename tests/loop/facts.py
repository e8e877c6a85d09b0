"""What an import brings for the customers of a story: use, contracts, invoices, words.

Refuses nothing; each helper commits, as an import would, before the night that reads it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from bot.core.calendar import WorkCalendar
from bot.store.bulk.usage import write_usage
from bot.store.tables import ContactActivity, VocRemark
from tests.recompute.customers import METRICS, USUAL, Shape
from tests.watch.company import Company

HISTORY = timedelta(days=150)
AHEAD = timedelta(days=150)


@dataclass
class Customer:
    """The customer of a story; `on` is the day the story is about, a business day of theirs."""

    company: Company
    ref: str
    country: str
    on: date

    @property
    def calendar(self) -> WorkCalendar:
        """The business days of its country."""
        return WorkCalendar(self.country)

    def use(self, shape: Shape) -> None:
        """From long ago until the end: `shape` times the usual on business days."""
        first_on, last_on = self.on - HISTORY, self.on + AHEAD
        self.company.use(self.ref, first_on, last_on, shape, country=self.country)

    def write(self, metric: str, first_on: date, values: list[float]) -> None:
        """One metric from a day on; the others stay as they are."""
        self.company.write_metric(self.ref, metric, first_on, values)

    def add(self, kind: Any, **values: Any) -> None:
        """A row about it."""
        given: dict[str, Any] = {"account_id": self.company.accounts[self.ref], **values}
        if kind is not ContactActivity:
            given["known_at"] = self.company.clock.at
        self.company.add(kind(**given))


def use_steadily(company: Company, refs: list[str], country: str, on: date, share: float) -> None:
    """All of them alike, in one go."""
    calendar, first_on = WorkCalendar(country), on - HISTORY
    days = [first_on + timedelta(days=n) for n in range((AHEAD + HISTORY).days)]
    worked = np.array([calendar.is_business_day(each) * share for each in days])
    one = np.round(np.array(USUAL)[:, None] * worked)
    ids = np.array([company.accounts[ref] for ref in refs], dtype=np.int64)
    with company.store.writing(company.workspace_id) as unit:
        write_usage(unit, METRICS, ids, first_on, np.repeat(one[None], len(refs), axis=0))


def add_steady(company: Company, refs: list[str], country: str, on: date) -> None:
    """In good use."""
    for ref in refs:
        company.add_account(ref, country=country)
    use_steadily(company, refs, country, on, 1.0)


def add_grumbling(company: Company, refs: list[str], country: str, on: date) -> None:
    """In good use, and said a bad word before anybody watched."""
    add_steady(company, refs, country, on)
    for ref in refs:
        said_on = on - timedelta(days=20)
        of = {"account_id": company.accounts[ref], "known_at": company.clock.at}
        company.add(VocRemark(ref=ref, said_on=said_on, text="…", sentiment="negative", **of))


def add_stalled(company: Company, refs: list[str], country: str, on: date) -> None:
    """Hardly in use since the beginning, which was before anybody watched."""
    began = {"stage": "onboarding", "started_on": on - timedelta(days=75)}
    for ref in refs:
        company.add_account(ref, country=country, **began)
    use_steadily(company, refs, country, on, 0.1)

"""A tour of words that contradict use: for the test that wants everything done."""

from collections.abc import Iterator
from datetime import date

from bot.store.tables import Account, WordsGap
from tests.stories.conftest import PEOPLE, Company

GAPS = ("見社", "知社", "否社")
SEASON = {PEOPLE["ja"]: "季節", PEOPLE["en"]: "Season"}


def contradict(company: Company) -> None:
    """As the night leaves it: three that are due, of which two are told on one morning."""
    for number, name in enumerate(GAPS):
        made = company.records.add_account(name, arr=3000 - number)
        _begin(company, made)


def answer(company: Company, person: str) -> Iterator[str]:
    """Each answer, the first of them twice, the last behind the next morning."""
    house = company.house
    yield house.clicks(person, "gap_none")
    yield house.clicks(person, "gap_back")
    house.clicks(person, "gap_none")
    house.run_job("words_gaps")
    house.clicks(person, "gap_look")
    yield house.clicks(person, "gap_known", choose=SEASON[person])


def _begin(company: Company, account: Account) -> None:
    company.records.keep(
        WordsGap(
            account_id=account.id,
            known_at=company.records.store.clock.now(),
            kind="falling",
            since_on=date(2026, 11, 18),
            seen_on=date(2026, 11, 20),
            due_on=date(2026, 11, 20),
            tone=0.8,
            weight=2.0,
            slope=-0.22,
            change=-0.18,
        )
    )

"""Which renewals lie ahead, and the base rate beside them: edges of days."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.services.validity.cases import Case, find_look
from bot.services.validity.renewals import find_base, list_renewals
from bot.store.tables import AccountOutcome, Contract
from tests.commands.desk import FRIDAY, Desk

pytestmark = pytest.mark.row("B31")

# Ninety days on is 29 May; the day itself is a leap day.
TODAY = date(2028, 2, 29)
DAY = timedelta(days=1)


def renew(desk: Desk, name: str, *days: date, is_active: bool = True) -> int:
    """An account whose contracts renew on these days."""
    account = desk.add_account(name, is_active=is_active)
    for number, on in enumerate(days):
        row = Contract(ref=f"{name}{number}", renews_on=on, known_at=FRIDAY)
        row.account_id, row.starts_on = account.id, TODAY - 300 * DAY
        desk.keep(row)
    return account.id


def ahead(desk: Desk) -> list[tuple[int, date]]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list_renewals(unit, TODAY)


def test_from_tomorrow_to_the_ninetieth_day_each_account_once_by_its_first(desk: Desk) -> None:
    renew(desk, "今日", TODAY)
    tomorrow = renew(desk, "明日", TODAY + DAY, TODAY + 40 * DAY)
    last = renew(desk, "90日後", date(2028, 5, 29), date(2028, 6, 30))
    renew(desk, "91日後", date(2028, 5, 30))
    renew(desk, "解約済", TODAY + DAY, is_active=False)
    assert ahead(desk) == [(tomorrow, date(2028, 3, 1)), (last, date(2028, 5, 29))]


def test_a_contract_without_a_day_of_renewal_ends_on_its_last_day(desk: Desk) -> None:
    account_id = renew(desk, "ミナト")
    row = Contract(ref="1", ends_on=TODAY + 9 * DAY, known_at=FRIDAY)
    row.account_id = account_id
    desk.keep(row)
    assert ahead(desk) == [(account_id, TODAY + 9 * DAY)]


@pytest.mark.parametrize(
    ("ended_on", "is_asked"),
    [(TODAY - DAY, True), (TODAY, False), (TODAY + 30 * DAY, False)],
)
@pytest.mark.parametrize("result", ["churned", "renewed"])
def test_whose_result_is_known_already_is_not_asked_about(
    desk: Desk, ended_on: date, is_asked: bool, result: str
) -> None:
    """A month's contract that was kept yesterday is open again next month."""
    account_id = renew(desk, "ミナト", TODAY + 30 * DAY)
    row = AccountOutcome(ref="1", ended_on=ended_on, result=result, known_at=FRIDAY)
    row.account_id = account_id
    desk.keep(row)
    assert bool(ahead(desk)) is is_asked


def test_who_has_signed_the_next_contract_is_not_asked_about(desk: Desk) -> None:
    account_id = renew(desk, "ミナト", TODAY + 30 * DAY)
    row = Contract(ref="next", starts_on=TODAY + 31 * DAY, known_at=FRIDAY)
    row.account_id = account_id
    desk.keep(row)
    assert ahead(desk) == []


def cases(ages: Sequence[int], left: int) -> list[Case]:
    """Ends so many days ago; the first `left` of them were lost."""
    days = [TODAY - age * DAY for age in ages]
    return [Case(at, on, find_look(on), at < left) for at, on in enumerate(days)]


@pytest.mark.parametrize(
    ("ages", "left", "base"),
    [
        # Forty of the last 364 days stand for themselves; a year ago to the day is too old.
        ([364] * 40 + [365] * 60, 10, (10, 40)),
        ([364] * 39 + [365] * 60, 10, (10, 99)),
        ([0] * 40, 0, (0, 40)),
        ([], 0, (0, 0)),
    ],
)
def test_the_base_rate_is_of_a_year_or_of_all(
    ages: Sequence[int], left: int, base: tuple[int, int]
) -> None:
    assert find_base(cases(ages, left), TODAY) == base

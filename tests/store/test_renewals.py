"""Which renewal of an account comes next, once results and following contracts are on file."""

from datetime import date, timedelta

import pytest

from bot.core.account_card import Renewal
from bot.core.contract_results import Term, list_settled
from bot.store.renewals import find_renewals
from bot.store.tables import Account
from tests.commands.records import Records
from tests.commands.weekly_records import add_result
from tests.store.conftest import Houses

TODAY = date(2026, 11, 20)
# The last day of a leap month, and the year's last.
LEAP, EVE = date(2028, 2, 29), date(2026, 12, 31)


def find(houses: Houses, account: Account) -> Renewal | None:
    with houses.store.reading(houses.ours) as unit:
        return find_renewals(unit, [account.id], TODAY).get(account.id)


@pytest.mark.row("A7", "B40")
@pytest.mark.parametrize("result", ["renewed", "expanded", "contracted", "churned"])
def test_a_renewal_that_was_decided_before_its_day_is_ahead_no_longer(
    houses: Houses, result: str
) -> None:
    records = Records(houses.store, houses.ours)
    account = records.add_account("Acme")
    records.add_contract(account, renews_on=EVE, notice_on=date(2026, 11, 30), auto_renews=True)
    assert find(houses, account) == Renewal(EVE, date(2026, 11, 30), True)
    add_result(records, account, result, EVE)
    assert find(houses, account) is None


def test_a_contract_signed_behind_it_is_the_next_that_comes(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    account = records.add_account("Acme")
    records.add_contract(account, starts_on=date(2026, 1, 1), renews_on=EVE)
    records.add_contract(account, starts_on=date(2027, 1, 1), renews_on=date(2027, 12, 31))
    assert find(houses, account) == Renewal(date(2027, 12, 31), None, None)


def test_a_result_of_last_quarter_leaves_the_coming_one_open(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    account = records.add_account("Acme")
    records.add_contract(account, starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    records.add_contract(account, starts_on=date(2026, 10, 1), ends_on=EVE)
    add_result(records, account, "renewed", date(2026, 9, 30))
    assert find(houses, account) == Renewal(EVE, None, None)


def test_an_open_ended_contract_and_a_strangers_result_settle_nothing(houses: Houses) -> None:
    records, theirs = Records(houses.store, houses.ours), Records(houses.store, houses.theirs)
    account, other = records.add_account("Acme"), theirs.add_account("Acme")
    records.add_contract(account, starts_on=date(2025, 1, 1))
    assert find(houses, account) is None
    records.add_contract(account, renews_on=EVE)
    add_result(theirs, other, "renewed", EVE)
    assert find(houses, account) == Renewal(EVE, None, None)


def test_a_result_belongs_to_the_nearest_of_two_contracts_alone() -> None:
    terms = [Term(None, LEAP), Term(None, date(2028, 4, 30))]
    assert list_settled(terms, [date(2028, 3, 1)]) == {LEAP}
    assert list_settled(terms, [date(2028, 3, 31)]) == {date(2028, 4, 30)}
    assert list_settled(terms, [date(2027, 10, 1)]) == set()


def test_a_result_just_between_two_days_is_of_the_earlier() -> None:
    terms = [Term(None, date(2026, 11, 10)), Term(None, date(2026, 11, 20))]
    assert list_settled(terms, [date(2026, 11, 15)]) == {date(2026, 11, 10)}


@pytest.mark.parametrize("days", [28, 29, 31, 90, 92])
def test_a_contract_written_over_at_its_renewal_is_open_again(days: int) -> None:
    """A month's or a quarter's: the result of the period before is not that of the next."""
    began = date(2028, 2, 29)
    term = Term(began, began + timedelta(days=days), began + timedelta(days=days))
    for before in (began, began - timedelta(days=1)):
        assert list_settled([term], [before]) == set()
    for own in (began + timedelta(days=1), began + timedelta(days=days)):
        assert list_settled([term], [own]) == {term.turns_on}

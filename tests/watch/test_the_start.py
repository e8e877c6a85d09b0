"""A quiet start, no alert twice, and nobody asked again too soon."""

from datetime import date, timedelta

import pytest

from bot.store.tables import Account, Invoice
from tests.watch.company import Company

START = date(2026, 11, 2)


def owe(company: Company, ref: str, due_on: date, paid_on: date | None = None) -> None:
    if ref not in company.accounts:
        company.add_account(ref, owner_id=company.people.get("Sato"))
    company.add(
        Invoice(
            account_id=company.accounts[ref],
            known_at=company.clock.at,
            ref=f"{ref}{due_on}",
            issued_on=due_on - timedelta(days=30),
            due_on=due_on,
            paid_on=paid_on,
        )
    )


@pytest.fixture
def company(company: Company) -> Company:
    company.hire("Sato")
    return company


def test_before_the_start_nothing_opens_but_what_holds_is_kept(company: Company) -> None:
    owe(company, "A", date(2026, 10, 1))
    assert company.nights(START, START + timedelta(days=3)) == {}
    assert company.hits() == {("late_payment", "late_payment", START)}


def test_what_held_before_the_start_stays_quiet_and_what_begins_after_it_opens(
    company: Company,
) -> None:
    owe(company, "A", date(2026, 10, 1))
    owe(company, "B", START - timedelta(days=11))
    company.night(START)
    company.start(START)
    opened = company.nights(START + timedelta(days=1), START + timedelta(days=9))
    # Fourteen days past due is Thursday the 5th.
    assert opened == {date(2026, 11, 5): 1}
    assert company.episode("late_payment").account_id == company.accounts["B"]


def test_the_first_night_ever_knows_not_what_is_new(company: Company) -> None:
    owe(company, "A", date(2026, 10, 1))
    company.start(START)
    assert company.nights(START + timedelta(days=10), START + timedelta(days=14)) == {}


def test_an_alert_stays_one_however_many_nights_pass(company: Company) -> None:
    company.night(START)
    company.start(START)
    owe(company, "A", START - timedelta(days=12))
    opened = company.nights(START + timedelta(days=1), START + timedelta(days=45), 2)
    assert opened == {date(2026, 11, 5): 1}


@pytest.mark.parametrize(
    ("ending", "opens_on"),
    [
        # 30 days after the closing on 10 November.
        ("outcome", date(2026, 12, 10)),
        ("recovered", date(2026, 12, 10)),
        ("false_alarm", None),
    ],
)
def test_after_the_cool_down_what_still_holds_is_told_again_unless_it_was_no_alarm(
    company: Company, ending: str, opens_on: date | None
) -> None:
    company.night(START)
    company.start(START)
    owe(company, "A", START - timedelta(days=12))
    company.nights(START + timedelta(days=1), date(2026, 11, 9))
    company.close(company.episode("late_payment"), date(2026, 11, 10), ending)
    assert company.nights(date(2026, 11, 10), date(2026, 12, 8), 14) == {}
    opened = company.nights(date(2026, 12, 9), date(2026, 12, 14))
    assert opened == ({opens_on: 1} if opens_on else {})


def test_a_false_alarm_may_come_true_once_it_begins_anew(company: Company) -> None:
    company.night(START)
    company.start(START)
    owe(company, "A", START - timedelta(days=12), paid_on=date(2026, 11, 25))
    company.nights(START + timedelta(days=1), date(2026, 11, 9))
    company.close(company.episode("late_payment"), date(2026, 11, 10), "false_alarm")
    owe(company, "A", date(2026, 11, 27))
    company.nights(date(2026, 11, 10), date(2026, 12, 8), 7)
    # Fourteen days past due, and past the cool-down of 10 December.
    assert company.nights(date(2026, 12, 9), date(2026, 12, 14)) == {date(2026, 12, 11): 1}


def test_the_cool_down_is_of_an_account_and_a_playbook(company: Company) -> None:
    company.night(START)
    company.start(START)
    owe(company, "A", START - timedelta(days=12))
    company.nights(START + timedelta(days=1), date(2026, 11, 9))
    company.close(company.episode("late_payment"), date(2026, 11, 10))
    owe(company, "B", date(2026, 11, 2))
    assert company.nights(date(2026, 11, 10), date(2026, 11, 20)) == {date(2026, 11, 16): 1}


def test_tech_touch_gets_no_single_alert(company: Company) -> None:
    company.night(START)
    company.start(START)
    company.add_account("T", touch="tech")
    owe(company, "T", START - timedelta(days=12))
    assert company.nights(START + timedelta(days=1), START + timedelta(days=16), 3) == {}
    assert len(company.hits()) == 1


def test_who_has_left_the_book_is_forgotten_and_comes_back_as_new(company: Company) -> None:
    company.night(START)
    company.start(START)
    owe(company, "A", START - timedelta(days=40))
    company.nights(START + timedelta(days=1), START + timedelta(days=1))
    with company.store.writing(company.workspace_id) as unit:
        key = (company.workspace_id, company.accounts["A"])
        unit.session.get_one(Account, key).is_active = False
    company.night(START + timedelta(days=2))
    assert company.hits() == set()


@pytest.mark.row("B38")
def test_nothing_opens_on_a_day_off_of_whoever_is_to_act(company: Company) -> None:
    """Due since Saturday the 21st; Monday is a holiday in Japan, not in the United States."""
    american = company.hire("Smith", country="US")
    company.night(START)
    company.start(START)
    company.add_account("US", owner_id=american)
    for ref in ("JP", "US"):
        owe(company, ref, date(2026, 11, 7))
    opened = company.nights(date(2026, 11, 20), date(2026, 11, 25))
    assert opened == {date(2026, 11, 23): 1, date(2026, 11, 24): 1}
    first, second = company.episodes("late_payment")
    assert [first.account_id, second.account_id] == [
        company.accounts["US"],
        company.accounts["JP"],
    ]


def test_an_account_nobody_answers_for_is_told_all_the_same(company: Company) -> None:
    company.night(START)
    company.start(START)
    company.add_account("N")
    owe(company, "N", START - timedelta(days=12))
    company.nights(START + timedelta(days=1), START + timedelta(days=5))
    episode = company.episode("late_payment")
    assert episode.owner_id is None
    assert {task.owner_id for task in company.tasks(episode)} == {None}

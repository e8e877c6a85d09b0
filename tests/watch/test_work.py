"""The child's work: one night, told in numbers; and two of them at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.playbooks.document import read_playbook
from bot.services.playbooks import activate
from bot.store.tables import Invoice, Playbook
from bot.texts import Texts
from bot.work.bench import Bench
from bot.work.recompute import work
from tests.recompute.customers import at
from tests.watch.company import Company
from tests.watch.conftest import build_company
from tests.watch.test_the_start import START, owe

ON = START + timedelta(days=2)


def ready(company: Company, count: int = 1) -> Bench:
    """Some customers whose invoice is 14 days past due on ON."""
    company.hire("Sato")
    company.night(START)
    company.start(START)
    for number in range(count):
        owe(company, f"A{number}", ON - timedelta(days=14))
    company.night(START + timedelta(days=1))
    company.clock.at = at(ON)
    return Bench(company.store, Texts(), company.clock, Path())


@pytest.mark.row("B35", "B38", "E8")
def test_the_nightly_work_opens_alerts_and_says_how_many(any_company: Company) -> None:
    bench = ready(any_company)
    told = work(bench, workspace_id=any_company.workspace_id, run_on=ON.isoformat())
    assert (told["opened"], told["cleared"], told["run_on"]) == (1, 0, "2026-11-04")
    assert told["data_on"] is None
    again = work(bench, workspace_id=any_company.workspace_id, run_on=ON.isoformat())
    assert (again["opened"], again["cleared"]) == (0, 0)


@pytest.mark.postgres
def test_two_nights_at_once_open_one_alert_an_account(postgres_url: str) -> None:
    for company in build_company(postgres_url):
        bench = ready(company, count=40)

        def run(_: int, bench: Bench = bench, ours: int = company.workspace_id) -> int:
            opened: int = work(bench, workspace_id=ours, run_on=ON.isoformat())["opened"]
            return opened

        with ThreadPoolExecutor(2) as pool:
            opened = list(pool.map(run, range(2)))
        episodes = company.episodes("late_payment")
        assert sum(opened) == len(episodes) == 40
        assert len({each.account_id for each in episodes}) == 40
        assert all(len(company.tasks(each)) == 2 for each in episodes)


def on(days: int) -> date:
    """So many days after ON."""
    return ON + timedelta(days=days)


def clear_days(company: Company) -> dict[int, date | None]:
    """Since when nothing holds of each version's only episode."""
    return {each.playbook_version: each.clear_since_on for each in company.episodes()}


def retire(company: Company) -> None:
    with company.store.writing(company.workspace_id) as unit:
        for row in unit.session.scalars(select(Playbook).filter_by(key="late_payment")):
            row.status = "retired"


def pay(company: Company, ref: str, on: date) -> None:
    with company.store.writing(company.workspace_id) as unit:
        wanted = select(Invoice).filter_by(account_id=company.accounts[ref])
        unit.session.scalars(wanted).one().paid_on = on


def test_a_retired_playbook_opens_nothing_and_leaves_what_is_open(company: Company) -> None:
    bench = ready(company)
    work(bench, workspace_id=company.workspace_id, run_on=ON.isoformat())
    retire(company)
    owe(company, "B", date(2026, 10, 22))
    assert company.nights(on(1), on(2)) == {}
    # Asked about is only what is open, and nobody else.
    assert company.hits() == {("late_payment", "late_payment", ON)}
    episode = company.episode("late_payment")
    assert (episode.state, episode.clear_since_on) == ("open", None)


@pytest.mark.row("B35", "B38")
def test_what_a_retired_playbook_has_open_recovers_by_the_version_that_opened_it(
    any_company: Company,
) -> None:
    company = any_company
    bench = ready(company, count=2)
    work(bench, workspace_id=company.workspace_id, run_on=ON.isoformat())
    retire(company)
    [first, second] = company.episodes("late_payment")
    friday = on(2)
    pay(company, "A0", friday)
    company.night(friday)
    assert company.cleared == 1
    by_account = {each.account_id: each for each in company.episodes("late_payment")}
    assert by_account[company.accounts["A0"]].clear_since_on == friday
    assert by_account[company.accounts["A1"]].clear_since_on is None
    # Once closed, nobody asks about the customer any more.
    for each in (first, second):
        company.close(each, friday)
    assert company.nights(on(5), on(6)) == {}
    assert company.hits() == set()


def test_versions_out_of_use_follow_each_their_own(company: Company) -> None:
    bench = ready(company, count=1)
    work(bench, workspace_id=company.workspace_id, run_on=ON.isoformat())
    with company.store.writing(company.workspace_id) as unit:
        row = unit.session.query(Playbook).filter_by(key="late_payment").one()
        patient = read_playbook(row.document)
        [sign] = patient.signals
        later = patient.model_copy(
            update={"signals": (sign.model_copy(update={"limits": {"days": 30}}),)}
        )
        activate(unit, later, "test")
    owe(company, "B", ON - timedelta(days=30))
    assert company.nights(on(1), on(1)) == {on(1): 1}
    # The version in use follows what the one before it opened: 15 days are no trouble to it.
    assert clear_days(company) == {1: on(1), 2: None}
    retire(company)
    pay(company, "B", on(2))
    company.night(on(2))
    assert clear_days(company) == {1: None, 2: on(2)}

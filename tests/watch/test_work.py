"""The child's work: one night, told in numbers; and two of them at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.store.tables import Playbook
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


def test_a_retired_playbook_opens_nothing_and_leaves_what_is_open(company: Company) -> None:
    bench = ready(company)
    work(bench, workspace_id=company.workspace_id, run_on=ON.isoformat())
    with company.store.writing(company.workspace_id) as unit:
        unit.session.query(Playbook).filter_by(key="late_payment").one().status = "retired"
    owe(company, "B", date(2026, 10, 22))
    assert company.nights(ON + timedelta(days=1), ON + timedelta(days=2)) == {}
    assert company.hits() == set()
    episode = company.episode("late_payment")
    assert (episode.state, episode.clear_since_on) == ("open", None)

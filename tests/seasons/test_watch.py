"""What the nights of the seasons open in the sample company: nothing because of a holiday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.core.breaks import MetricBreak
from bot.core.calendar import WorkCalendar
from bot.core.vocabulary import Band
from bot.people import build_calendar, find_country
from bot.store.breaks import list_known_breaks
from bot.store.tables import Account, Episode, Member, Task
from sandbox.company.world import World
from tests.recompute.customers import at
from tests.seasons.life import Brought
from tests.watch.company import Company

# What may open by usage alone; deadlines and words come when they come.
BY_USE = {"usage_drop", "key_feature", "slow_decline", "re_onboarding"}
SPANS = {
    "golden week": (date(2026, 4, 20), date(2026, 5, 22)),
    "new year": (date(2026, 12, 21), date(2027, 1, 15)),
}


@dataclass(frozen=True)
class Broken:
    """The two nights after the seasons: logins of everybody are 30 % less on the last day."""

    red_before: int
    red_after: int
    opened: list[str]
    breaks: list[MetricBreak]


@dataclass(frozen=True)
class Watched:
    """The company after the nights of all spans, and who has no story of their own."""

    world: World
    broken: "Broken"
    opened: list[tuple[Episode, Account]]
    tasks: list[Task]
    calendars: dict[int, WorkCalendar]


def break_logins(company: Company, on: date) -> Broken:
    """Live the night after a day on which everybody's logins are told as 30 % less."""
    last_on = on
    company.scale("logins", last_on, 0.7)
    company.night(last_on + timedelta(days=1))
    with company.store.reading(company.workspace_id) as unit:
        breaks = list_known_breaks(unit, last_on + timedelta(days=1))
    tonight = [each for each in company.episodes() if each.opened_on > last_on]
    return Broken(
        red_before=company.count(Band.RED, last_on),
        red_after=company.count(Band.RED, last_on + timedelta(days=1)),
        opened=[each.playbook for each in tonight],
        breaks=breaks,
    )


@pytest.fixture(scope="module")
def watched(brought: Brought, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    office = brought.copy(tmp_path_factory.mktemp("watched"))
    company = Company(office.store, office.clock, office.workspace_id)
    for number, (first, last) in enumerate(SPANS.values()):
        company.clock.at = at(first)
        company.nights(first, first + timedelta(days=2))
        if not number:
            company.start(first + timedelta(days=2))
        company.nights(first + timedelta(days=3), last)
    broken = break_logins(company, SPANS["new year"][1])
    accounts = {account.id: account for account in office.rows(Account)}
    with company.store.reading(company.workspace_id) as unit:
        home = unit.workspace
    calendars = {
        member.id: build_calendar(home, find_country(member, home), tuple(member.workdays))
        for member in office.rows(Member)
    }
    opened = [(episode, accounts[episode.account_id]) for episode in company.episodes()]
    yield Watched(brought.world, broken, opened, office.rows(Task), calendars)
    office.store.engine.dispose()


@pytest.mark.slow
@pytest.mark.row("C13", "D41")
@pytest.mark.parametrize("season", SPANS)
def test_no_season_opens_anything_by_usage_for_whom_nothing_happens(
    watched: Watched, season: str
) -> None:
    quiet = {each.name for each in watched.world.accounts if each.story is None}
    first, last = SPANS[season]
    found = [
        (episode.playbook, account.name, episode.opened_on)
        for episode, account in watched.opened
        if first <= episode.opened_on <= last
        if account.name in quiet and episode.playbook in BY_USE
    ]
    assert found == []


@pytest.mark.slow
@pytest.mark.row("B38", "D33")
def test_nothing_is_due_on_a_day_off_and_every_alert_has_its_tasks(watched: Watched) -> None:
    assert len(watched.opened) > 20
    assert {task.episode_id for task in watched.tasks} == {each.id for each, _ in watched.opened}
    for task in watched.tasks:
        assert watched.calendars[task.owner_id or 0].is_business_day(task.due_on), task.key


@pytest.mark.slow
def test_alerts_are_few_and_tech_touch_has_none(watched: Watched) -> None:
    assert {account.touch for _, account in watched.opened} <= {"high", "low"}
    alerts = [each for each, _ in watched.opened if each.playbook != "renewal"]
    nights = sum((last - first).days for first, last in SPANS.values())
    assert len(alerts) / nights < 0.5
    kinds = {(each.account_id, each.open_as) for each, _ in watched.opened}
    assert len(kinds) == len(watched.opened)


@pytest.mark.slow
@pytest.mark.row("B1", "C13")
def test_a_drop_of_one_metric_for_everybody_is_one_break_and_no_wave(watched: Watched) -> None:
    """No holiday of the seasons before it was one either."""
    broken = watched.broken
    assert [(each.metric, each.began_on) for each in broken.breaks] == [
        ("logins", SPANS["new year"][1])
    ]
    assert broken.breaks[0].factor == pytest.approx(0.7, abs=0.06)
    assert broken.breaks[0].moved >= 0.7 * broken.breaks[0].compared > 0
    assert broken.red_after <= broken.red_before + 0.05 * len(watched.world.accounts)
    assert not BY_USE & set(broken.opened)

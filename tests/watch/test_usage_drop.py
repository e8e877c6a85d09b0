"""From usage that falls to an alert with its tasks, and back again: 利用低下フォロー."""

from datetime import date, timedelta

import pytest

from bot.core.calendar import WorkCalendar
from tests.recompute.customers import Shape
from tests.watch.company import Company, titles

CALENDAR = WorkCalendar("JP")
FIRST = date(2026, 7, 1)
# A Thursday; Monday the 23rd is a holiday.
STOPS = date(2026, 11, 12)
OPENED = date(2026, 11, 16)
LAST = date(2026, 12, 25)


def fill(company: Company, shape: Shape) -> None:
    """Four accounts of one owner, of which A is used by `shape`; watched since ten days."""
    lead = company.hire("Lead")
    owner = company.hire("Sato", lead_id=lead)
    for ref in "ABCD":
        company.add_account(ref, owner_id=owner)
        company.use(ref, FIRST, LAST, shape if ref == "A" else lambda _: 1.0)
    company.nights(STOPS - timedelta(days=10), STOPS - timedelta(days=1))
    company.start(STOPS - timedelta(days=1))


@pytest.mark.row("B12", "B20", "B38", "C13", "C16", "D4", "D7", "D40", "D41", "E8")
def test_an_account_that_stops_gets_one_alert_with_its_tasks(any_company: Company) -> None:
    company = any_company
    fill(company, lambda on: float(on < STOPS))
    assert company.nights(STOPS, date(2026, 11, 30)) == {OPENED: 1}
    episode = company.episode("usage_drop")
    assert CALENDAR.business_days(STOPS, episode.opened_on) <= 5
    assert episode.title == {"ja": "利用低下フォロー", "en": "Usage drop follow-up"}
    assert (episode.state, episode.open_as, episode.is_watch) == ("open", "usage_drop", False)
    assert (episode.playbook_version, episode.step, episode.told_at) == (1, 0, None)
    assert episode.owner_id == company.people["Sato"]
    assert company.signals(episode) == ["sharp_drop"]
    assert company.opening(episode)[0]["before_on"] == "2026-11-09"
    # Nobody comes back, so further signs join what it opened with.
    joined = [each["signal"] for each in episode.evidence[1:]]
    assert joined == ["login_drop", "threshold", "silence"]
    assert (episode.band_then, episode.measure, episode.value_then) == (
        "yellow",
        "logins_5bd",
        10.8,
    )
    assert episode.score_then == pytest.approx(55.52, abs=0.01)
    tasks = company.tasks(episode)
    assert titles(tasks) == [("reach_out", "2026-11-17"), ("see_effect", "2026-12-01")]
    assert [task.key for task in tasks] == [
        f"episode:{episode.id}:step:{step}" for step in ("reach_out", "see_effect")
    ]
    assert {(task.mover, task.origin, task.owner_id, task.state) for task in tasks} == {
        ("us", "playbook", company.people["Sato"], "open")
    }


def test_a_second_run_of_the_day_creates_nothing(any_company: Company) -> None:
    company = any_company
    fill(company, lambda on: float(on < STOPS))
    company.nights(STOPS, OPENED)
    hits, [episode] = company.hits(), company.episodes()
    company.night(OPENED)
    assert (company.opened, company.cleared) == (0, 0)
    assert company.hits() == hits
    assert [each.id for each in company.episodes()] == [episode.id]
    assert len(company.tasks(episode)) == 2


def test_a_run_that_was_killed_halfway_is_taken_up_where_it_stood(company: Company) -> None:
    fill(company, lambda on: float(on < STOPS))
    company.nights(STOPS, OPENED - timedelta(days=1))
    hits = company.hits()
    company.night(OPENED)
    company.unwatch(OPENED)
    company.night(OPENED)
    assert len(company.episodes()) == 1
    assert hits <= company.hits()


def test_whoever_comes_back_is_clear_and_whoever_falls_again_is_not(any_company: Company) -> None:
    company = any_company
    back_on, again_on = date(2026, 11, 19), date(2026, 12, 17)
    fill(company, lambda on: float(on < STOPS or back_on <= on < again_on))
    company.nights(STOPS, OPENED)
    assert company.episode("usage_drop").clear_since_on is None
    company.nights(OPENED + timedelta(days=1), again_on)
    clear_on = company.episode("usage_drop").clear_since_on
    assert clear_on is not None
    assert back_on < clear_on <= CALENDAR.add_business_days(back_on, 18)
    assert company.hits() == set()
    company.nights(again_on + timedelta(days=1), again_on + timedelta(days=7))
    assert company.episode("usage_drop").clear_since_on is None


def test_a_fall_that_stops_falling_is_not_made_good(company: Company) -> None:
    """Low use becomes the usual after five weeks; the alert stays until use has come back."""
    fill(company, lambda on: 1.0 if on < STOPS else 0.4)
    company.nights(STOPS, LAST)
    episode = company.episode("usage_drop")
    assert episode.clear_since_on is None
    assert {signal for _, signal, _ in company.hits()} >= {"login_drop"}


@pytest.mark.row("D41")
def test_a_dead_feed_opens_nothing_and_clears_nothing(company: Company) -> None:
    fill(company, lambda on: float(on < STOPS))
    company.nights(STOPS, OPENED)
    dead_from = LAST + timedelta(days=1)
    company.nights(LAST - timedelta(days=3), LAST)
    before = company.hits()
    opened = company.nights(dead_from, dead_from + timedelta(days=40))
    assert opened == {}
    assert company.episode("usage_drop").clear_since_on is None
    # Unknown keeps what was: nothing began and nothing ended.
    assert company.hits() == before

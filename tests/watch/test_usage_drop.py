"""From usage that falls to an alert with its tasks: 利用低下フォロー."""

from datetime import date, timedelta

import pytest

from bot.core.calendar import WorkCalendar
from tests.watch.company import Company, titles

CALENDAR = WorkCalendar("JP")
FIRST = date(2026, 7, 1)
# Thursday; Monday the 23rd is a holiday.
STOPS = date(2026, 11, 12)
LAST = date(2026, 11, 30)


def fill(company: Company) -> None:
    lead = company.hire("Lead")
    owner = company.hire("Sato", lead_id=lead)
    company.add_account("A", owner_id=owner)
    for ref in "BCD":
        company.add_account(ref, owner_id=owner)
        company.use(ref, FIRST, LAST)
    company.use("A", FIRST, LAST, lambda on: float(on < STOPS))
    company.nights(STOPS - timedelta(days=10), STOPS - timedelta(days=1))
    company.start(STOPS - timedelta(days=1))


@pytest.mark.row("B12", "B38", "C13", "C16", "D4", "D7", "D40", "D41", "E8")
def test_an_account_that_stops_gets_one_alert_with_its_tasks(any_company: Company) -> None:
    company = any_company
    fill(company)
    opened = company.nights(STOPS, LAST)
    assert len(opened) == 1
    episode = company.episode("usage_drop")
    assert episode.opened_on in opened
    assert CALENDAR.business_days(STOPS, episode.opened_on) <= 5
    assert episode.title == {"ja": "利用低下フォロー", "en": "Usage drop follow-up"}
    assert (episode.state, episode.open_as, episode.is_watch) == ("open", "usage_drop", False)
    assert episode.owner_id == company.people["Sato"]
    assert episode.measure == "logins_5bd"
    tasks = company.tasks(episode)
    assert [task.key for task in tasks] == [
        f"episode:{episode.id}:step:{step}" for step in ("reach_out", "see_effect")
    ]
    assert all(CALENDAR.is_business_day(task.due_on) for task in tasks)
    assert {(task.mover, task.origin, task.owner_id) for task in tasks} == {
        ("us", "playbook", company.people["Sato"])
    }
    assert titles(tasks) == [("reach_out", "2026-11-17"), ("see_effect", "2026-12-01")]
    assert company.signals(episode) == ["sharp_drop"]
    assert episode.score_then == pytest.approx(55.52, abs=0.01)
    assert episode.evidence[0]["values"]["before_on"] == "2026-11-09"

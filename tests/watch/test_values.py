"""From usage that falls to the number beside the outcome, and two weeks later, on both databases.

What the playbook is to move is no measure of the model: the night keeps it.
"""

from datetime import date

import pytest
from sqlalchemy import event, select

from bot.core.outcome import Told
from bot.people import build_person
from bot.services.outcome_checks import measure_due
from bot.services.outcomes import record_outcome
from bot.store.outcomes import list_of_episode
from bot.store.tables import Episode, Member
from tests.recompute.customers import at
from tests.watch.company import Company
from tests.watch.test_usage_drop import OPENED, STOPS, fill

BACK, RECORDED, DUE = date(2026, 11, 19), date(2026, 11, 27), date(2026, 12, 11)
MET = Told("打ち合わせ", "met", "後任に使い方を説明")


def _stop_and_come_back(company: Company) -> Episode:
    """A stops for a week, and is used again since."""
    fill(company, lambda on: float(not STOPS <= on < BACK))
    company.nights(STOPS, RECORDED)
    return company.episode("usage_drop")


def _close(company: Company, episode: Episode) -> None:
    company.clock.at = at(RECORDED)
    for task in company.tasks(episode):
        with company.store.writing(company.workspace_id) as unit:
            member = unit.session.scalars(select(Member).filter_by(name="Sato")).one()
            by = build_person(member, unit.workspace)
            record_outcome(unit, task.id, MET, by=by, today=RECORDED)


@pytest.mark.row("B46", "B47")
def test_the_use_that_was_to_come_back_is_a_number_then_now_and_two_weeks_later(
    any_company: Company,
) -> None:
    company = any_company
    episode = _stop_and_come_back(company)
    assert episode.opened_on == OPENED
    assert episode.value_now is not None
    assert episode.value_then is not None
    assert episode.value_now > episode.value_then
    _close(company, episode)
    company.nights(date(2026, 11, 28), DUE)
    assert measure_due(company.store, company.workspace_id, DUE) == 2
    with company.store.reading(company.workspace_id) as unit:
        rows = list_of_episode(unit, episode.id, DUE)
    assert {(row.value_then, row.value_now) for row in rows} == {
        (episode.value_then, episode.value_now)
    }
    for row in rows:
        early, late = row.checks
        assert (early.checked_on, late.checked_on) == (DUE, None)
        assert early.value is not None
        assert early.value > episode.value_then
        assert early.score is not None
        # B, C and D were never treated, and stand elsewhere on the day it began.
        assert not early.can_tell
    assert [each.ending for each in company.episodes("usage_drop")] == ["outcome"]


def test_a_night_without_news_writes_no_values(company: Company) -> None:
    _stop_and_come_back(company)
    said: list[str] = []
    event.listen(company.store.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    company.night(RECORDED)
    assert not [each for each in said if "SET value" in each]


def test_a_value_is_kept_for_open_alerts_alone(company: Company) -> None:
    episode = _stop_and_come_back(company)
    company.close(episode, RECORDED)
    before = company.episode("usage_drop").value_now
    company.write_metric("A", "logins", date(2026, 11, 24), [900.0] * 5)
    company.night(date(2026, 11, 30))
    assert company.episode("usage_drop").value_now == before

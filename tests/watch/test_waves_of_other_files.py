"""A usage feed that comes back after days and tickets of weeks gone by make no wave of alerts."""

from datetime import date, timedelta

import numpy as np
import pytest

from bot.core.calendar import WorkCalendar
from bot.core.waves import USAGE, LateCause, WaveState
from bot.store.bulk.touched import mark_touched
from bot.store.bulk.usage import write_usage
from bot.store.tables import Ticket
from tests.recompute.customers import METRICS, USUAL, at
from tests.watch.company import Company
from tests.watch.test_waves import STARTED, decide, fill, hire_and_add, refs, waves

# Wednesday the 11th is the last day that came; the feed is back on the morning of the 18th.
USED_ON, STOPPED_ON, BACK_ON = date(2026, 7, 1), date(2026, 11, 11), date(2026, 11, 18)
FALLEN, IN_TIME = 12, "顧客00"
JAPAN = WorkCalendar("JP")
DAY = timedelta(days=1)

pytestmark = pytest.mark.row("B1")


def use(company: Company, first_on: date, last_on: date, share: float = 1.0) -> None:
    """Everybody comes as always, but the second to the thirteenth, who come as seldom as told."""
    ids = np.array(list(company.accounts.values()), dtype=np.int64)
    days = [first_on + n * DAY for n in range((last_on - first_on).days + 1)]
    usual = np.outer(USUAL, [JAPAN.is_business_day(on) for on in days])
    values = np.repeat(usual[None], len(ids), axis=0).astype(np.float64)
    values[1 : FALLEN + 1] *= share
    order = np.argsort(ids)
    with company.store.writing(company.workspace_id) as unit:
        write_usage(unit, METRICS, ids[order], first_on, values[order].round())


def test_a_feed_that_was_still_for_days_opens_no_wave_when_it_is_back(company: Company) -> None:
    hire_and_add(company, 40, usage_expected=True)
    company.start(STARTED)
    use(company, USED_ON, STOPPED_ON)
    company.nights(BACK_ON - 2 * DAY, BACK_ON - DAY)
    assert (company.episodes(), waves(company)) == ([], [])
    use(company, STOPPED_ON + DAY, BACK_ON - DAY, 0.2)
    assert company.nights(BACK_ON, BACK_ON + DAY) == {}
    found = waves(company)
    assert {each.playbook for each in found} == {"usage_drop"}
    [wave] = found
    assert sorted(wave.held) == sorted(company.accounts[each] for each in refs(company, 1, 13))
    assert [*wave.causes] == [LateCause(USAGE, 0, STOPPED_ON + DAY, BACK_ON - DAY)]
    decide(company, WaveState.RELEASED, wave.found_on)
    company.night(wave.found_on + DAY)
    assert len(company.episodes("usage_drop")) == FALLEN


def ask_for_help(company: Company, ref: str, opened_on: date, known_on: date) -> None:
    account_id = company.accounts[ref]
    with company.store.writing(company.workspace_id) as unit:
        for number in range(6):
            row = Ticket(
                account_id=account_id,
                ref=f"{ref}-{number}",
                opened_on=opened_on - number * DAY,
                status="open",
                known_at=at(known_on),
            )
            unit.add(row)
        mark_touched(unit, [account_id], "tickets", {account_id: opened_on - 5 * DAY})


def test_tickets_of_weeks_gone_by_are_held_back_and_those_of_this_week_open(
    company: Company,
) -> None:
    fill(company, 40)
    came_on = BACK_ON - DAY
    ask_for_help(company, IN_TIME, came_on - DAY, came_on)
    for ref in refs(company, 1, 13):
        ask_for_help(company, ref, date(2026, 11, 6), came_on)
    company.nights(BACK_ON, BACK_ON + DAY)
    opened = [each.account_id for each in company.episodes("voc_hearing")]
    assert opened == [company.accounts[IN_TIME]]
    [wave] = waves(company)
    assert (wave.playbook, len(wave.held)) == ("voc_hearing", 12)
    assert [*wave.causes] == [LateCause("tickets", 72, date(2026, 11, 1), date(2026, 11, 6))]

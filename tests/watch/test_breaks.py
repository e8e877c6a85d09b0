"""A day on which a metric falls for everybody: one break, no wave; what people say of it holds."""

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import select

from bot.ask import Person
from bot.core.breaks import BreakState, MetricBreak
from bot.core.calendar import WorkCalendar
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Band
from bot.people import build_person
from bot.services.ops_decides import decide_break
from bot.store.breaks import list_ended_breaks, list_known_breaks, list_open_breaks
from bot.store.bulk.usage import write_usage
from bot.store.tables import Account, AuditEntry, Member
from tests.recompute.customers import METRICS, USUAL
from tests.watch.company import Company

FIRST_ON, LAST_ON = date(2026, 7, 1), date(2026, 11, 20)
BROKEN_ON = date(2026, 11, 17)
FALLEN = "顧客07"
JAPAN = WorkCalendar("JP")


def fill(company: Company, count: int = 40, *, with_fall: bool = True) -> None:
    """Customers of all sizes in steady use; one stops coming before the break, unless told."""
    random = np.random.default_rng(11)
    owner_id = company.hire("佐藤")
    length = (LAST_ON - FIRST_ON).days + 1
    days = [FIRST_ON + timedelta(days=n) for n in range(length)]
    is_worked = np.array([JAPAN.is_business_day(on) for on in days])
    with company.store.writing(company.workspace_id) as unit:
        for number in range(count):
            made = Account(
                ref=f"顧客{number:02}",
                name=f"顧客{number:02}",
                seats=20,
                owner_id=owner_id,
                touch="high",
                known_at=unit.at,
            )
            unit.add(made)
            unit.session.flush()
            company.accounts[made.ref] = made.id
    noise = random.lognormal(0.0, 0.08, (count, len(USUAL), length))
    size = random.uniform(0.8, 3.0, (count, 1, 1))
    values = np.round(np.array(USUAL)[None, :, None] * size * noise) * is_worked
    ids = np.array(sorted(company.accounts.values()), dtype=np.int64)
    fallen = ids == company.accounts[FALLEN]
    if with_fall:
        values[fallen, :, days.index(date(2026, 11, 4)) :] = 0.0
    with company.store.writing(company.workspace_id) as unit:
        write_usage(unit, METRICS, ids, FIRST_ON, values)


def breaks(company: Company, run_on: date) -> list[MetricBreak]:
    with company.store.reading(company.workspace_id) as unit:
        return list_known_breaks(unit, run_on)


def decide(company: Company, state: BreakState, today: date) -> None:
    with company.store.writing(company.workspace_id) as unit:
        [found] = list_open_breaks(unit)
        decide_break(unit, found.id, state, _ops(company), today)


def _ops(company: Company) -> Person:
    with company.store.reading(company.workspace_id) as unit:
        member = unit.session.scalars(select(Member)).first()
        assert member is not None
        return build_person(member, unit.workspace)


def reds(company: Company, on: date) -> int:
    return company.count(Band.RED, on)


def break_for_good(company: Company) -> Company:
    """The night before, and the night after key actions have fallen to 60 %."""
    fill(company)
    company.start(BROKEN_ON - timedelta(days=1))
    company.scale("key_actions", BROKEN_ON, 0.6, until_on=LAST_ON)
    company.nights(BROKEN_ON, BROKEN_ON + timedelta(days=1))
    return company


@pytest.mark.row("B1", "C13")
def test_a_lasting_drop_is_one_break_that_nobody_falls_for_until_it_is_decided(
    any_company: Company,
) -> None:
    broken = break_for_good(any_company)
    before = reds(broken, BROKEN_ON)
    broken.nights(BROKEN_ON + timedelta(days=2), BROKEN_ON + timedelta(days=4))
    [found] = breaks(broken, BROKEN_ON + timedelta(days=4))
    assert (found.metric, found.began_on, found.asks) == ("key_actions", BROKEN_ON, True)
    assert len(found.factors) == 4
    assert found.factor == pytest.approx(0.6, abs=0.04)
    assert 38 <= found.moved <= found.compared <= 40
    assert reds(broken, BROKEN_ON + timedelta(days=4)) == before == 1
    assert {each.account_id for each in broken.episodes()} == {broken.accounts[FALLEN]}


def test_counted_in_another_way_the_past_is_brought_along_from_the_next_night_on(
    company: Company,
) -> None:
    broken = break_for_good(company)
    today = BROKEN_ON + timedelta(days=1)
    decide(broken, BreakState.CHANGED, today)
    assert [each.state for each in breaks(broken, today)] == [BreakState.OPEN]
    broken.nights(today + timedelta(days=1), today + timedelta(days=3))
    [found] = breaks(broken, today + timedelta(days=3))
    assert (found.state, len(found.factors)) == (BreakState.CHANGED, 1)
    assert reds(broken, today + timedelta(days=3)) == 1
    with pytest.raises(AlreadyDone), broken.store.writing(broken.workspace_id) as unit:
        decide_break(unit, found.id, BreakState.REAL, _ops(broken), today)
    with broken.store.reading(broken.workspace_id) as unit:
        [told] = unit.session.scalars(select(AuditEntry).filter_by(action="break_decided"))
    assert told.change == {"metric": "key_actions", "began_on": "2026-11-17", "state": "changed"}


@pytest.fixture
def whole(company: Company) -> Company:
    fill(company)
    company.start(BROKEN_ON - timedelta(days=1))
    company.night(BROKEN_ON)
    return company


def test_a_real_drop_counts_and_is_not_found_again(whole: Company) -> None:
    whole.scale("logins", BROKEN_ON, 0.3, until_on=LAST_ON)
    first = BROKEN_ON + timedelta(days=1)
    whole.night(first)
    green = whole.count(Band.GREEN, first)
    decide(whole, BreakState.REAL, first)
    whole.nights(first + timedelta(days=1), first + timedelta(days=2))
    assert [each.state for each in breaks(whole, first + timedelta(days=2))] == [BreakState.REAL]
    seen = whole.score("顧客01", first + timedelta(days=2)).score
    held = whole.score("顧客01", first).score
    assert (seen or 0.0) < (held or 0.0)
    assert whole.count(Band.GREEN, first + timedelta(days=2)) <= green


@pytest.mark.row("B1")
def test_a_drop_of_one_day_is_over_on_the_next_without_anybody_deciding(whole: Company) -> None:
    whole.scale("logins", BROKEN_ON, 0.7)
    whole.nights(BROKEN_ON + timedelta(days=1), BROKEN_ON + timedelta(days=3))
    [found] = breaks(whole, BROKEN_ON + timedelta(days=3))
    assert (found.ended_on, found.asks) == (BROKEN_ON + timedelta(days=1), False)
    with whole.store.reading(whole.workspace_id) as unit:
        assert list_open_breaks(unit) == []
        assert list_ended_breaks(unit, BROKEN_ON + timedelta(days=2)) == [found]
        assert list_ended_breaks(unit, BROKEN_ON + timedelta(days=3)) == []
    with pytest.raises(AlreadyDone), whole.store.writing(whole.workspace_id) as unit:
        decide_break(unit, found.id, BreakState.REAL, _ops(whole), BROKEN_ON)
    unknown = pytest.raises(Refusal, match="no_such_break")
    with unknown, whole.store.writing(whole.workspace_id) as unit:
        decide_break(unit, 1, BreakState.REAL, _ops(whole), BROKEN_ON)


def test_a_feed_of_zeros_leaves_the_days_out(whole: Company) -> None:
    whole.scale("logins", BROKEN_ON, 0.0, until_on=LAST_ON)
    whole.nights(BROKEN_ON + timedelta(days=1), BROKEN_ON + timedelta(days=3))
    [found] = breaks(whole, BROKEN_ON + timedelta(days=3))
    assert found.factor < 0.01
    assert reds(whole, BROKEN_ON + timedelta(days=3)) == 1
    assert {each.account_id for each in whole.episodes()} <= {whole.accounts[FALLEN]}


@pytest.mark.row("B1")
def test_three_days_of_a_dead_feed_open_nothing_and_move_nobody(company: Company) -> None:
    """The last usage is of Friday the 20th; Monday is a holiday, and nothing comes until Friday."""
    fill(company, with_fall=False)
    company.start(BROKEN_ON)
    company.night(BROKEN_ON + timedelta(days=1))
    assert company.nights(date(2026, 11, 21), date(2026, 11, 27), step=2) == {}
    assert [reds(company, date(2026, 11, day)) for day in (21, 27)] == [0, 0]
    assert breaks(company, date(2026, 11, 27)) == []

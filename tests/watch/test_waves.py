"""Facts that come late or all at once make no wave of alerts: they wait, and none is lost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from bot.ask import Person
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.waves import LateCause, Wave, WaveState, most_at_once
from bot.people import build_person
from bot.services.ops_decides import decide_wave
from bot.store.bulk.touched import mark_touched
from bot.store.tables import Account, AuditEntry, Contract, Invoice, LateFact, Member
from bot.store.waves import list_found_waves, list_open_waves, list_waves
from tests.recompute.customers import at
from tests.watch.company import Company

STARTED, FIRST_ON = date(2026, 10, 1), date(2026, 11, 16)
CAME_ON, FOUND_ON = date(2026, 11, 17), date(2026, 11, 18)
# Five business days later: the 23rd is a holiday.
ENDS_ON = date(2026, 11, 26)
OLDEST_ON, LAST_ON = date(2026, 10, 26), date(2026, 11, 2)
IN_TIME = "顧客00"

pytestmark = pytest.mark.row("B1")


def fill(company: Company, count: int) -> None:
    """Customers without usage, the later ones worth more; watched since the day before."""
    hire_and_add(company, count)
    company.start(STARTED)
    company.nights(FIRST_ON, CAME_ON)


def hire_and_add(company: Company, count: int, *, usage_expected: bool = False) -> None:
    """Customers of one CSM, the later ones worth more."""
    owner_id = company.hire("佐藤")
    with company.store.writing(company.workspace_id) as unit:
        for number in range(count):
            made = Account(
                ref=f"顧客{number:02}",
                name=f"顧客{number:02}",
                owner_id=owner_id,
                touch="high",
                usage_expected=usage_expected,
                arr_base=Decimal(number) * 100_000 if number else None,
                known_at=unit.at,
            )
            unit.add(made)
            unit.session.flush()
            company.accounts[made.ref] = made.id


def owe(company: Company, refs: list[str], known_on: date, due_on: date = LAST_ON) -> None:
    company.clock.at = at(known_on)
    with company.store.writing(company.workspace_id) as unit:
        for ref in refs:
            days = {"issued_on": due_on, "due_on": due_on, "known_at": at(known_on)}
            account_id = company.accounts[ref]
            unit.add(Invoice(account_id=account_id, ref=f"{due_on}", **days))
        ids = [company.accounts[ref] for ref in refs]
        mark_touched(unit, ids, "invoices", dict.fromkeys(ids, due_on))


def refs(company: Company, first: int, last: int) -> list[str]:
    return list(company.accounts)[first:last]


def waves(company: Company) -> list[Wave]:
    with company.store.reading(company.workspace_id) as unit:
        return list_waves(unit, STARTED)


def decide(company: Company, state: WaveState, today: date = FOUND_ON) -> Wave:
    with company.store.writing(company.workspace_id) as unit:
        [found] = list_open_waves(unit)
        return decide_wave(unit, found.id, state, ops(company), today)


def ops(company: Company) -> Person:
    with company.store.reading(company.workspace_id) as unit:
        member = unit.session.scalars(select(Member)).first()
        assert member is not None
        return build_person(member, unit.workspace)


def alerted(company: Company) -> list[str]:
    names = {account_id: ref for ref, account_id in company.accounts.items()}
    return [names[each.account_id] for each in company.episodes("late_payment")]


def held_back(company: Company, late: int = 12) -> Company:
    """The night after three weeks of invoices came in one file, beside one that came in time."""
    fill(company, 40)
    owe(company, [IN_TIME], date(2026, 10, 30), FOUND_ON - timedelta(days=14))
    owe(company, refs(company, 1, 1 + late - 6), CAME_ON, OLDEST_ON)
    owe(company, refs(company, 1 + late - 6, 1 + late), CAME_ON)
    company.night(FOUND_ON)
    return company


def test_five_in_a_hundred_and_never_fewer_than_ten() -> None:
    assert [most_at_once(n) for n in (0, 8, 200, 219, 220, 100_000)] == [10, 10, 10, 10, 11, 5000]


def test_three_weeks_of_late_invoices_are_one_wave_and_what_came_in_time_opens(
    any_company: Company,
) -> None:
    company = held_back(any_company)
    assert alerted(company) == [IN_TIME]
    assert company.opened == 1
    [found] = waves(company)
    dearest_first = [company.accounts[ref] for ref in reversed(refs(company, 1, 13))]
    assert list(found.held) == dearest_first
    assert (found.playbook, found.found_on, found.ends_on) == ("late_payment", FOUND_ON, ENDS_ON)
    assert (found.watched, found.asks) == (40, True)
    assert list(found.causes) == [LateCause("invoices", 12, OLDEST_ON, LAST_ON)]
    company.night(FOUND_ON)
    company.nights(FOUND_ON + timedelta(days=1), date(2026, 11, 20))
    assert alerted(company) == [IN_TIME]
    assert len(waves(company)) == 1


def test_released_they_all_open_in_the_next_night_and_never_twice(any_company: Company) -> None:
    company = held_back(any_company)
    released = decide(company, WaveState.RELEASED)
    assert (released.state, released.asks) == (WaveState.RELEASED, False)
    assert company.nights(FOUND_ON + timedelta(days=1), date(2026, 11, 20)) == {
        date(2026, 11, 19): 12
    }
    assert sorted(alerted(company)) == refs(company, 0, 13)
    assert all(len(company.tasks(each)) == 2 for each in company.episodes("late_payment"))
    assert [each.state for each in waves(company)] == [WaveState.RELEASED]


def test_left_out_they_open_once_the_sign_has_gone_and_begun_anew(company: Company) -> None:
    held_back(company)
    decide(company, WaveState.LEFT_OUT)
    assert company.nights(FOUND_ON + timedelta(days=1), date(2026, 12, 1), step=3) == {}
    again = "顧客03"
    with company.store.writing(company.workspace_id) as unit:
        for row in unit.session.scalars(
            select(Invoice).filter_by(account_id=company.accounts[again])
        ):
            row.paid_on = date(2026, 12, 1)
    company.night(date(2026, 12, 2))
    owe(company, [again], date(2026, 11, 20), date(2026, 11, 19))
    company.nights(date(2026, 12, 3), date(2026, 12, 4))
    assert alerted(company) == [IN_TIME, again]


def test_undecided_ten_a_night_open_after_five_business_days_dearest_first(
    any_company: Company,
) -> None:
    company = held_back(any_company, late=23)
    assert company.nights(FOUND_ON + timedelta(days=1), ENDS_ON - timedelta(days=1), 2) == {}
    company.night(ENDS_ON)
    company.night(ENDS_ON)
    assert sorted(alerted(company)[1:]) == refs(company, 14, 24)
    [found] = waves(company)
    assert (found.opened, found.opened_on, found.asks) == (10, ENDS_ON, True)
    company.night(ENDS_ON + timedelta(days=1))
    assert sorted(alerted(company)[1:]) == refs(company, 4, 24)
    company.nights(date(2026, 11, 28), date(2026, 11, 30))
    assert sorted(alerted(company)) == refs(company, 0, 24)
    [found] = waves(company)
    assert (found.state, found.opened) == (WaveState.OVER, 23)
    with pytest.raises(AlreadyDone), company.store.writing(company.workspace_id) as unit:
        decide_wave(unit, found.id, WaveState.LEFT_OUT, ops(company), ENDS_ON)


def test_a_decision_counts_while_they_open_by_and_by(company: Company) -> None:
    held_back(company, late=23)
    company.night(ENDS_ON)
    decide(company, WaveState.LEFT_OUT, ENDS_ON)
    company.nights(date(2026, 11, 27), date(2026, 12, 1), step=2)
    assert len(alerted(company)) == 11


def test_what_was_a_mistake_of_the_file_is_over_when_the_right_one_comes(company: Company) -> None:
    held_back(company)
    with company.store.writing(company.workspace_id) as unit:
        for row in unit.session.scalars(select(Invoice)):
            row.paid_on = row.due_on
    company.nights(FOUND_ON + timedelta(days=1), FOUND_ON + timedelta(days=2))
    assert [each.state for each in waves(company)] == [WaveState.OVER]
    assert alerted(company) == [IN_TIME]


def test_a_small_company_and_ten_at_most_open_as_always(company: Company) -> None:
    fill(company, 11)
    owe(company, refs(company, 1, 11), CAME_ON)
    company.night(FOUND_ON)
    assert len(alerted(company)) == 10
    assert waves(company) == []


def test_many_that_came_in_time_are_no_wave(company: Company) -> None:
    fill(company, 40)
    owe(company, refs(company, 0, 30), date(2026, 11, 5), FOUND_ON - timedelta(days=14))
    company.night(FOUND_ON)
    assert len(alerted(company)) == 30
    assert waves(company) == []


def test_known_invoices_that_are_written_anew_are_no_late_ones(company: Company) -> None:
    fill(company, 40)
    due_on = FOUND_ON - timedelta(days=14)
    owe(company, refs(company, 0, 30), CAME_ON, due_on)
    with company.store.writing(company.workspace_id) as unit:
        unit.session.execute(update(LateFact).values(from_on=None))
    company.night(FOUND_ON)
    assert len(alerted(company)) == 30
    assert waves(company) == []


def test_renewals_open_however_late_their_contracts_come(company: Company) -> None:
    fill(company, 40)
    with company.store.writing(company.workspace_id) as unit:
        for ref in refs(company, 0, 20):
            days = {"starts_on": date(2026, 1, 1), "renews_on": date(2027, 1, 10)}
            account_id = company.accounts[ref]
            unit.add(Contract(account_id=account_id, ref=ref, known_at=at(CAME_ON), **days))
    owe(company, refs(company, 0, 20), CAME_ON)
    company.night(FOUND_ON)
    assert len(company.episodes("renewal")) == 20
    assert [each.playbook for each in waves(company)] == ["late_payment"]


def test_a_second_file_of_the_kind_is_a_wave_of_its_own(company: Company) -> None:
    held_back(company)
    owe(company, refs(company, 20, 34), FOUND_ON, OLDEST_ON)
    company.night(FOUND_ON + timedelta(days=1))
    assert [len(each.held) for each in waves(company)] == [12, 14]
    assert alerted(company) == [IN_TIME]


def test_a_decision_is_made_once_and_audited(any_company: Company) -> None:
    company = held_back(any_company)
    decide(company, WaveState.LEFT_OUT)
    [found] = waves(company)
    with pytest.raises(AlreadyDone), company.store.writing(company.workspace_id) as unit:
        decide_wave(unit, found.id, WaveState.RELEASED, ops(company), FOUND_ON)
    with pytest.raises(Refusal), company.store.writing(company.workspace_id) as unit:
        decide_wave(unit, 1, WaveState.RELEASED, ops(company), FOUND_ON)
    with company.store.reading(company.workspace_id) as unit:
        [told] = unit.session.scalars(select(AuditEntry).filter_by(action="wave_decided"))
        [named] = list_found_waves(unit, FOUND_ON)
    assert told.change == {
        "accounts": 12,
        "playbook": "late_payment",
        "found_on": "2026-11-18",
        "state": "left_out",
    }
    assert named.decided_by == "佐藤"

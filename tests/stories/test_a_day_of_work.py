"""A day of a CSM and of a lead: what the morning asks for, the reminder, the evening, a load."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band, TaskState
from bot.store.tables import Account, Episode, Member
from tests.commands.loop_records import add_episode, add_task
from tests.house import KUDO, MORI, House
from tests.stories.conftest import Company

pytestmark = pytest.mark.row("B36", "B41", "E8")

TODAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 24)
# Morning, afternoon and evening of a Friday in Tokyo and in London alike would be two instants;
# a job run by hand asks only which day it is.
FRIDAY = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def _member(house: House, user: str, **more: Any) -> int:
    with house.bot.store.writing(house.workspace.id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=user)).one()
        for name, value in more.items():
            setattr(member, name, value)
        return member.id


def _morning(company: Company, person: str, job: str = "digest") -> str:
    house = company.house.at(FRIDAY)
    house.run_job(job)
    return house.reads(person)[-1]


def test_the_morning_asks_for_what_is_to_be_done_and_an_alert_is_claimed_from_it(
    company: Company, person: str
) -> None:
    records, house = company.records, company.house
    late = records.add_account("ベータ物流", arr=6_200_000)
    add_task(records, late, date(2026, 11, 18), title="R2D2")
    waits = {"state": TaskState.WAITING.value, "waiting_until_on": TODAY}
    add_task(records, company.theta, date(2026, 11, 17), title="C3PO", **waits)
    alert = add_episode(records, company.acme)
    _morning(company, person, "alerts")
    digest = _morning(company, person)
    names = ["ベータ物流", "シータ社", "アクメ商事株式会社"]
    assert sorted(names, key=digest.index) == names
    assert digest.count("アクメ商事株式会社") == 1
    assert "🟢 → 🔴" in digest
    assert "R2D2" in house.opens_home(person)
    house.clicks(person, "alert_claim")
    with house.bot.store.reading(house.workspace.id) as unit:
        found = unit.session.get_one(Episode, (house.workspace.id, alert.id))
        assert found.state == "claimed"
    assert "🟢 → 🔴" not in house.says(person, "/sakidori digest")


def test_the_customer_is_asked_again_and_a_task_is_closed_from_the_morning(
    company: Company, person: str
) -> None:
    records, house = company.records, company.house
    waits = {"state": TaskState.WAITING.value, "waiting_until_on": TODAY}
    add_task(records, company.theta, date(2026, 11, 17), title="C3PO", **waits)
    add_task(records, company.acme, TODAY, title="R2D2")
    assert "C3PO" in _morning(company, person)
    house.clicks(person, "task_again")
    assert "C3PO" not in house.says(person, "/sakidori digest")
    house.clicks(person, "task_done")
    assert "R2D2" in house.form(person)
    assert house.submits(person, impression="").get("errors")
    assert house.submits(person, result="done", impression="BB8").get("closed")
    assert "R2D2" not in house.says(person, "/sakidori digest")
    assert "BB8" in house.says(person, "/health アクメ")


def test_the_bot_reminds_once_and_not_of_what_waits(company: Company, person: str) -> None:
    records, house = company.records, company.house
    add_task(records, company.acme, TODAY, title="R2D2")
    waits = {"state": TaskState.WAITING.value, "waiting_until_on": TODAY}
    add_task(records, company.theta, TODAY, title="C3PO", **waits)
    reminder = _morning(company, person, "remind")
    assert "R2D2" in reminder
    assert "C3PO" not in reminder
    house.run_job("remind")
    assert len(house.reads(person)) == 1


def test_an_alert_nobody_claimed_comes_to_the_second_owner_who_takes_it(
    company: Company, person: str
) -> None:
    house = company.house
    second = _member(house, MORI)
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.session.merge(company.acme).second_id = second
    alert = add_episode(company.records, company.acme)
    _morning(company, person, "alerts")
    house.run_job("second_owner")
    [told] = house.reads(MORI)
    assert "アクメ商事株式会社" in told
    house.run_job("second_owner")
    assert len(house.reads(MORI)) == 1
    house.clicks(MORI, "alert_claim")
    with house.bot.store.reading(house.workspace.id) as unit:
        found = unit.session.get_one(Episode, (house.workspace.id, alert.id))
        assert found.claimed_by_id == second


def test_the_lead_evens_out_a_load_and_the_exception_is_gone(company: Company, person: str) -> None:
    house, records = company.house, company.records
    lead = _member(house, MORI)
    owner, taker = _member(house, person, lead_id=lead), _member(house, KUDO, lead_id=lead)
    reds = [records.add_account(f"赤{number}社", arr=1000 + number) for number in range(4)]
    for account in reds:
        records.score(account, TODAY, 30, Band.RED)
    digest = _morning(company, MORI, "lead_digest")
    assert "🔴5" in digest
    assert "赤0社" in house.clicks(MORI, "load")
    house.clicks(MORI, "load_move")
    with house.bot.store.reading(house.workspace.id) as unit:
        owners = [
            unit.session.get_one(Account, (house.workspace.id, each.id)).owner_id for each in reds
        ]
    assert (owners.count(taker), owners.count(owner)) == (2, 2)

"""The first business day of a month: whom to approach, ticked, and tasks of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band, Touch
from bot.services.cadence import choose_contact_days
from bot.store.base import new_id
from bot.store.tables import Account, Member, Task
from bot.store.tables import Touch as Contact
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import FRIDAY
from tests.house import CS, MORI, OPS, House
from tests.stories.conftest import Company

pytestmark = pytest.mark.row("B35", "B38", "A5", "E8")

SEEN = [{"signal": "slow_decline", "values": {"slope": -0.22, "change": -0.18}}]
DROP = {"ja": "緩やかな低下の確認", "en": "Slow decline check"}
FIRST = date(2026, 12, 1)


@pytest.fixture
def book(company: Company) -> Company:
    """Beside the others: one on watch, one with an alert, one with a task, one of tech touch."""
    records = company.records
    for number, name in enumerate(("ウォッチ", "アラート", "タスク")):
        account = records.add_account(f"{name}社", arr=900_000 + number)
        if name == "タスク":
            add_task(records, account, date(2026, 12, 8))
        else:
            is_watch = name == "ウォッチ"
            add_episode(records, account, is_watch=is_watch, title=DROP, evidence=SEEN)
    records.add_account("テック社", touch=Touch.TECH.value)
    spoken = records.add_account("連絡済み社", tier="mid")
    records.keep(
        Contact(
            id=new_id(),
            account_id=spoken.id,
            ref="T-1",
            touched_on=date(2026, 11, 30),
            known_at=FRIDAY,
        )
    )
    return company


def tick(house: House) -> None:
    """The clock's own turn, of this job alone."""
    jobs = {"monthly_list": house.bot.registry.jobs["monthly_list"]}
    replace(house.bot.ticker, jobs=jobs).tick()
    house.send()


def tasks(house: House) -> list[Task]:
    with house.bot.store.reading(house.workspace.id) as unit:
        found = unit.session.scalars(select(Task).where(Task.origin == "monthly"))
        return sorted(found, key=lambda each: each.due_on)


def names(house: House) -> dict[int, str]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return {each.id: each.name for each in unit.session.scalars(select(Account))}


def open_list(book: Company, person: str) -> str:
    book.house.at(datetime(2026, 12, 1, 0, 0, tzinfo=UTC))
    return book.house.says(person, "/sakidori monthly")


def test_it_comes_on_the_first_business_day_and_at_no_other(book: Company, person: str) -> None:
    house = book.house
    before = len(house.reads(person))
    tick(house)
    # Monday 30 November in every zone of the company.
    tick(house.at(datetime(2026, 11, 30, 8, 45, tzinfo=UTC)))
    assert len(house.reads(person)) == before
    for hours in (0, 1, 8, 9, 32):
        tick(house.at(datetime(2026, 12, 1, 0, 1, tzinfo=UTC) + timedelta(hours=hours)))
    assert len(house.reads(person)) == before + 1
    assert "ウォッチ社" in house.reads(person)[-1]


def test_the_list_names_reasons_and_leaves_out_what_is_acted_on(book: Company, person: str) -> None:
    told = open_list(book, person)
    assert "ウォッチ社" in told
    assert "アクメ商事" in told
    for name in ("アラート社", "タスク社", "テック社", "連絡済み社"):
        assert name not in told
    assert ("2社は除いています" in told) or ("2 accounts are left out" in told)
    assert ("テックタッチの1社" in told) or ("1 tech-touch account" in told)


def test_those_ticked_become_tasks_over_the_month_and_a_second_press_makes_none(
    book: Company, person: str
) -> None:
    house = book.house
    open_list(book, person)
    house.ticks(person, "monthly_0_watch_0", ["ウォッチ社"])
    house.ticks(person, "monthly_0_renewal_0", ["アクメ商事"])
    house.ticks(person, "monthly_0_follow_up_0", ["シータ社", "緑03社"])
    told = house.clicks(person, "monthly_make")
    made = tasks(house)
    named = names(house)
    assert named[made[1].account_id] == "ウォッチ社"
    # Its notice deadline is on the 4th.
    assert (named[made[0].account_id], made[0].due_on) == ("アクメ商事株式会社", date(2026, 12, 3))
    assert len(made) == len({each.due_on for each in made}) == 4
    assert (made[0].mover, made[0].state, made[0].made_on) == ("us", "open", FIRST)
    assert made[1].due_on < date(2026, 12, 10) < date(2026, 12, 20) < made[-1].due_on
    assert {each.key for each in made} == {f"monthly:2026-12:{each.account_id}" for each in made}
    assert made[1].title["ja"].startswith("要注意の確認:利用がゆるやかに減っています(11/20から)")
    assert made[1].title["en"].startswith("Look into what is on watch: ")
    assert "シータ社" in told
    assert "シータ社" in house.clicks(person, "tasks")
    again = house.clicks(person, "monthly_make")
    assert "二重には追加していません" in again or "nothing was added twice" in again
    assert len(tasks(house)) == 4
    listed = house.says(person, "/sakidori monthly")
    assert "シータ社" not in listed
    assert "ウォッチ社" not in listed


@pytest.mark.row("A5")
@pytest.mark.parametrize("days", [None, 60])
def test_the_regular_follow_up_is_a_play_with_the_cadence_that_was_chosen(
    book: Company, person: str, days: int | None
) -> None:
    """シータ社, of high touch, was last spoken to on 20 October, six weeks before the list."""
    house = book.house
    with house.bot.store.writing(house.workspace.id) as unit:
        theta = unit.session.scalars(select(Account).filter_by(name="シータ社")).one()
        theta.touch = Touch.HIGH.value
        spoken = {"touched_on": date(2026, 10, 20), "known_at": FRIDAY}
        unit.add(Contact(id=new_id(), account_id=theta.id, ref="T-9", **spoken))
        choose_contact_days(unit, {Touch.HIGH: days}, OPS)
    told = open_list(book, person)
    assert ("シータ社" in told) is (days is None)
    if days is not None:
        return
    house.ticks(person, "monthly_0_follow_up_0", ["シータ社"])
    house.clicks(person, "monthly_make")
    [made] = tasks(house)
    assert made.title["ja"] == "定期フォロー:最終接触から42日(目安7日)"
    assert made.title["en"].startswith("Regular follow-up")
    assert (made.mover, made.origin) == ("us", "monthly")


def test_in_a_shared_place_it_is_the_owners_list_whoever_presses(
    book: Company, person: str
) -> None:
    house = book.house
    with house.bot.store.writing(house.workspace.id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=person)).one()
        member.digest_channel = CS
    house.at(datetime(2026, 12, 1, 1, 0, tzinfo=UTC)).run_job("monthly_list")
    house.visitor.clicks(MORI, CS, "monthly_0_follow_up_0", ["シータ社"])
    house.rest()
    assert "シータ社" in house.clicks(MORI, "monthly_make", CS)
    [made] = tasks(house)
    with house.bot.store.reading(house.workspace.id) as unit:
        owner = unit.session.get_one(Member, (house.workspace.id, made.owner_id))
        by = unit.session.get_one(Member, (house.workspace.id, made.made_by_id))
    assert (owner.slack_user, by.slack_user) == (person, MORI)


def test_nothing_ticked_is_said_and_nothing_is_made(book: Company, person: str) -> None:
    open_list(book, person)
    told = book.house.clicks(person, "monthly_make")
    assert "選んでから" in told or "Tick the accounts first" in told
    assert tasks(book.house) == []


def test_an_alert_that_opened_meanwhile_keeps_its_account(book: Company, person: str) -> None:
    house = book.house
    open_list(book, person)
    house.ticks(person, "monthly_0_follow_up_0", ["シータ社"])
    add_episode(book.records, book.theta)
    told = house.clicks(person, "monthly_make")
    assert "1社はほかのアラート" in told or "1 is taken care of" in told
    assert tasks(house) == []


def test_last_months_list_is_refused_with_the_way_to_the_new_one(
    book: Company, person: str
) -> None:
    house = book.house
    open_list(book, person)
    house.ticks(person, "monthly_0_follow_up_0", ["シータ社"])
    house.at(datetime(2027, 1, 4, 9, 0, tzinfo=UTC))
    assert "/sakidori monthly" in house.clicks(person, "monthly_make")
    assert tasks(house) == []


def test_many_are_turned_over_in_pages_of_twenty(book: Company, person: str) -> None:
    house = book.house
    for number in range(25):
        book.records.add_account(f"追加{number:02}社")
    first = open_list(book, person)
    second = house.clicks(person, "monthly_page")
    assert first.count("追加") + second.count("追加") == 25
    house.ticks(person, "monthly_1_follow_up_0", ["追加24社"])
    house.clicks(person, "monthly_make")
    [made] = tasks(house)
    assert names(house)[made.account_id] == "追加24社"


def test_a_notice_deadline_within_the_month_comes_before_its_task_does(
    book: Company, person: str
) -> None:
    house, records = book.house, book.records
    rush = records.add_account("急ぎ社", touch=Touch.LOW.value)
    records.add_contract(rush, renews_on=date(2027, 1, 31), notice_on=date(2026, 12, 7))
    open_list(book, person)
    house.ticks(person, "monthly_0_renewal_0", ["急ぎ社"])
    house.clicks(person, "monthly_make")
    [made] = tasks(house)
    # The Friday before.
    assert made.due_on == date(2026, 12, 4)


def test_who_has_nobody_to_approach_hears_it_in_one_line(book: Company) -> None:
    told = book.house.says(OPS, "/sakidori monthly")
    assert told.count("\n") == 0
    assert "0社" in told


def test_the_absent_get_no_list(book: Company, person: str) -> None:
    house = book.house
    with house.bot.store.writing(house.workspace.id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=person)).one()
        member.absent_until_on = FIRST + timedelta(days=3)
    house.at(datetime(2026, 12, 1, 8, 45, tzinfo=UTC)).run_job("monthly_list")
    assert not any("ウォッチ社" in each for each in house.reads(person))


def test_low_use_is_read_from_the_last_score(book: Company, person: str) -> None:
    book.records.keep_model()
    low = book.records.add_account("休眠社")
    values = {"active_user_rate": (0.12, -8.0)}
    book.records.score(low, FIRST, 40, Band.YELLOW, values)
    told = open_list(book, person)
    assert "12%" in told
    assert "利用が少ない" in told or "Low use" in told

"""An alert from its message to its end, by buttons alone, over both ways in, in each language."""

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.bootstrap import House as Bot
from bot.registry import whole
from bot.services.playbooks import ensure_shipped
from bot.slack.reading import read_message
from bot.store.tables import Episode, OutboxItem, Task, Touch
from tests.commands.loop_records import add_episode, add_task
from tests.house import CS, KUDO, MORI, OPS, SATO, SHARED, SMITH, STRANGER, House, settings_for
from tests.stories.conftest import PEOPLE, Company

pytestmark = pytest.mark.row("B12", "C14", "C16", "D40", "D41", "E8")

LANGUAGE = {user: language for language, user in PEOPLE.items()}
MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Words:
    """What people read at each step."""

    headline: str
    claimed: str
    cause: str
    waiting: str
    again: str
    asleep: str
    false_alarm: str
    first: str
    moved: str
    met: str
    closed: str


WORDS = {
    "ja": Words(
        "ヘルススコアが急落しています",
        "対応中:佐藤",
        "原因の仮説:社内未浸透",
        "返信待ち:11/26(木)まで",
        "再度連絡した",
        "スヌーズ中:11/30(月)に再開",
        "誤検知|",
        "佐藤さんがすでに対応中です",
        "工藤さんに変わりました",
        "打ち合わせを実施",
        "アラートを完了にしました",
    ),
    "en": Words(
        "the health score has dropped sharply",
        "In progress: Smith",
        "Likely cause: Not spread inside the company",
        "Waiting for the customer until Wed 25 Nov",
        "Reached out again",
        "Snoozed until Mon 30 Nov",
        "False alarm |",
        "Smith is on it already",
        "工藤 answers for it now",
        "Met",
        "closed the alert",
    ),
}


@pytest.fixture
def words(person: str) -> Words:
    return WORDS[LANGUAGE[person]]


@pytest.fixture
def alert(company: Company) -> Episode:
    """An alert with two steps, told in the person's direct message."""
    made = add_episode(company.records, company.acme)
    for due_on in (date(2026, 11, 24), date(2026, 12, 4)):
        add_task(company.records, company.acme, due_on, episode=made)
    company.house.at(MORNING).run_job("alerts")
    return made


def message(house: House, person: str, alert: Episode) -> str:
    """The alert's message as the person sees it now."""
    house.send()
    with house.bot.store.reading(house.workspace.id) as unit:
        key = f"episode:{alert.id}"
        post = unit.session.scalars(select(OutboxItem).filter_by(key=key)).one()
    shown = house.visitor.messages(person, post.channel or "")
    return read_message(next(each for each in shown if each["ts"] == post.ts))


def log(house: House, person: str, alert: Episode) -> list[str]:
    """The lines of its thread."""
    with house.bot.store.reading(house.workspace.id) as unit:
        key = f"episode:{alert.id}"
        post = unit.session.scalars(select(OutboxItem).filter_by(key=key)).one()
    thread = house.visitor.thread(person, post.channel or "", post.ts or "")
    return [read_message(each) for each in thread if each["ts"] != post.ts]


def stands(house: House, alert: Episode) -> Episode:
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.session.scalars(select(Episode).filter_by(id=alert.id)).one()


@pytest.mark.row("D4", "D7", "B23", "B24")
def test_one_message_follows_the_alert_from_the_claim_to_the_waiting(
    company: Company, person: str, words: Words, alert: Episode
) -> None:
    house = company.house
    assert words.headline in message(house, person, alert)
    house.clicks(person, "alert_claim")
    assert words.claimed in message(house, person, alert)
    house.clicks(person, "alert_cause#3")
    assert words.cause in message(house, person, alert)
    house.clicks(person, "alert_wait")
    shown = message(house, person, alert)
    assert words.waiting in shown
    assert words.cause in shown
    assert len(log(house, person, alert)) == 3
    assert sum(words.waiting in each for each in house.reads(person)) == 1
    with house.bot.store.reading(house.workspace.id) as unit:
        [touch] = unit.session.scalars(select(Touch))
        tasks = list(unit.session.scalars(select(Task)))
    assert (touch.kind, touch.initiated_by) == ("reached_out", "us")
    assert {each.state for each in tasks} == {"waiting"}


@pytest.mark.row("D4", "D7")
def test_the_last_outcome_closes_it_and_the_message_says_what_came_of_it(
    company: Company, person: str, words: Words, alert: Episode
) -> None:
    house = company.house
    ensure_shipped(house.bot.store, house.workspace.id)
    house.clicks(person, "alert_claim")
    message(house, person, alert)
    for minutes, done in enumerate(("R2D2", "C3PO"), start=1):
        house.at(MORNING + timedelta(minutes=minutes))
        house.says(person, "/sakidori alerts")
        house.clicks(person, "episode_done")
        house.form(person)
        refused = house.submits(person, done=done, result="met")
        assert refused["errors"]
        assert house.submits(person, done=done, result="met", impression="BB8").get("closed")
    shown = message(house, person, alert)
    assert stands(house, alert).ending == "outcome"
    assert [each for each in ("R2D2", "C3PO", "BB8", words.met) if each not in shown] == []
    assert "alert_claim" not in shown
    *_, closed = log(house, person, alert)
    assert words.closed in closed
    assert closed.startswith({"ja": "佐藤さん", "en": "Smith"}[LANGUAGE[person]])


def test_on_the_day_of_the_recheck_it_can_be_said_again(
    company: Company, person: str, words: Words, alert: Episode
) -> None:
    house = company.house
    house.clicks(person, "alert_wait")
    assert words.again not in message(house, person, alert)
    house.at(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    house.says(person, "/sakidori alerts")
    assert "12/1" in house.clicks(person, "alert_wait") or person == SMITH
    assert stands(house, alert).waiting_until_on == date(2026, 12, 1)


def test_a_second_press_and_a_colleague_hear_who_was_first(
    company: Company, person: str, words: Words, alert: Episode
) -> None:
    house = company.house
    house.says(MORI, "/sakidori alerts")
    house.says(person, "/sakidori alerts")
    house.clicks(person, "alert_claim")
    house.says(person, "/sakidori alerts")
    again = house.clicks(person, "alert_claim")
    assert words.first in again
    assert stands(house, alert).state == "claimed"
    assert words.claimed in message(house, person, alert)
    assert len(log(house, person, alert)) == 1


def test_asleep_until_a_day_it_wakes_by_itself_after_a_weekend_and_a_holiday(
    company: Company, person: str, words: Words, alert: Episode
) -> None:
    house = company.house
    house.clicks(person, "more", choose=f"alert_snooze#{alert.id}")
    assert sorted(house.submits(person, until_on="2026-11-20", reason="x")["errors"]) == [
        "until_on"
    ]
    assert house.submits(person, until_on="2026-11-28", reason="R2D2").get("closed")
    assert words.asleep in message(house, person, alert)
    for day in (24, 30):
        house.at(datetime(2026, 11, day, 9, 0, tzinfo=UTC)).run_job("alerts")
    assert stands(house, alert).state == "open"
    assert words.asleep not in message(house, person, alert)
    assert len(log(house, person, alert)) == 2


def test_a_false_alarm_is_closed_with_its_reason_and_its_tasks(
    company: Company, person: str, words: Words, alert: Episode
) -> None:
    house = company.house
    house.clicks(person, "more", choose=f"alert_false#{alert.id}")
    assert house.submits(person, reason="R2D2").get("closed")
    shown = message(house, person, alert)
    assert shown.startswith(words.false_alarm)
    assert "R2D2" in shown
    assert "alert_claim" not in str(house.visitor.messages(person, house.visitor.direct(person)))
    with house.bot.store.reading(house.workspace.id) as unit:
        assert {each.state for each in unit.session.scalars(select(Task))} == {"dropped"}


def test_handed_over_it_goes_to_the_new_one_in_their_language_with_its_tasks(
    company: Company, person: str, words: Words, alert: Episode
) -> None:
    house = company.house
    house.clicks(person, "more", choose=f"alert_hand#{alert.id}")
    assert list(house.submits(person, person=STRANGER)["errors"]) == ["person"]
    assert house.submits(person, person=KUDO).get("closed")
    assert words.moved in message(house, person, alert)
    assert WORDS["ja"].headline in house.reads(KUDO)[0]
    house.clicks(KUDO, "alert_claim")
    house.send()
    assert "対応中:工藤" in house.reads(KUDO)[0]
    with house.bot.store.reading(house.workspace.id) as unit:
        [owner] = {each.owner_id for each in unit.session.scalars(select(Task))}
    assert owner == stands(house, alert).claimed_by_id


def test_who_is_not_of_the_cs_team_is_refused(
    company: Company, person: str, alert: Episode
) -> None:
    house = company.house
    house.at(MORNING).says(STRANGER, "/sakidori alerts")
    assert company.acme.name not in "\n".join(house.reads(STRANGER))
    assert stands(house, alert).state == "open"


def test_a_process_that_dies_after_the_claim_leaves_the_message_to_the_next_one(
    company: Company, person: str, words: Words, alert: Episode
) -> None:
    house = company.house
    house.clicks(person, "alert_claim")
    settings = settings_for(
        house.sandbox, str(house.bot.settings.database_url), house.bot.heavy.folder
    )
    second = Bot(settings, house.clock, registry=whole())
    second.sender.wait = house.bot.sender.wait
    second.sender.drain(threading.Event())
    second.close()
    assert words.claimed in message(house, person, alert)
    assert len(log(house, person, alert)) == 1


def test_what_nobody_owns_is_told_in_the_team_s_channel_and_never_where_strangers_read(
    company: Company, person: str
) -> None:
    house = company.house.at(MORNING)
    made = add_episode(company.records, company.acme, owner_id=None)
    house.run_job("alerts_team")
    assert WORDS["ja"].headline in message(house, SATO, made)
    assert "対応中" in house.clicks(person, "alert_claim", CS) or person == SMITH
    assert stands(house, made).owner_id is not None
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.workspace.cs_channel = SHARED
    add_episode(company.records, company.theta, owner_id=None)
    house.run_job("alerts_team")
    assert company.theta.name not in "\n".join(house.reads(SATO, SHARED))


def test_a_lead_and_a_manager_list_what_is_open(
    company: Company, person: str, alert: Episode
) -> None:
    house = company.house
    assert company.acme.name in house.says(KUDO, "/sakidori alerts")
    assert company.acme.name in house.says(OPS, "alerts")
    assert company.acme.name in house.says(person, "alerts")

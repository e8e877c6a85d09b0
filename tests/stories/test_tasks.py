"""What is still to do: asked for, put off, handed on, added and dropped, each in its own words."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Locale, Role
from bot.store import outbox
from bot.store.tables import Member, Task, Touch
from bot.store.tasks import get_task
from bot.texts import Texts
from bot.views.task_told import build_handed_to_you
from tests.commands.loop_records import add_task
from tests.commands.records import TODAY
from tests.house import CS, MORI, SATO, SMITH, STRANGER
from tests.stories.conftest import PEOPLE, Company

LANGUAGE = {user: language for language, user in PEOPLE.items()}
FRIDAY, TUESDAY = TODAY, date(2026, 11, 24)
GROUPS = {
    "ja": ("期限超過", "今日が期限", "返信待ち", "今週", "その後"),
    "en": ("Overdue", "Due today", "Waiting for reply", "This week", "Later"),
}
LATE = {"ja": "2日超過", "en": "2 days ago"}
NEXT_TUESDAY = {"ja": "11/24(火)", "en": "Tue 24 Nov"}
DAY_OFF = {"ja": "休業日のため", "en": "is a day off"}
PROACTIVE = {"ja": "プロアクティブ", "en": "proactive"}


def tasks(company: Company) -> list[Task]:
    """What is on record, by day."""
    house = company.house
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(Task).order_by(Task.due_on, Task.id)))


def touches(company: Company) -> list[Touch]:
    """The contacts on record."""
    house = company.house
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(Touch)))


def member(company: Company, user: str) -> Member:
    """Somebody's row."""
    house = company.house
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.session.scalars(select(Member).filter_by(slack_user=user)).one()


@pytest.mark.row("A1", "A3", "B40", "E8")
def test_the_list_is_in_the_order_of_what_presses(company: Company, person: str) -> None:
    house, records, words = company.house, company.records, LANGUAGE[person]
    for due_on, more in (
        (date(2026, 11, 18), {"title": "更新90日前レビューの資料"}),
        (FRIDAY, {"title": "入金遅延の確認", "mover": "them"}),
        (date(2026, 11, 17), {"state": "waiting", "waiting_until_on": date(2026, 11, 26)}),
        (date(2026, 11, 22), {}),
        (date(2026, 11, 25), {}),
    ):
        add_task(records, company.acme, due_on, **more)
    add_task(records, company.acme, FRIDAY, title="他人", owner_id=member(company, MORI).id)
    told = house.says(person, "/tasks")
    places = [told.index(f"*{group}*") for group in GROUPS[words]]
    assert places == sorted(places)
    assert LATE[words] in told
    assert told.count(LATE[words]) == 1
    assert PROACTIVE[words] in told
    assert "他人" not in told
    assert house.says(person, "/sakidori tasks") == house.says(person, "tasks")


def test_without_any_task_it_is_one_line(company: Company, person: str) -> None:
    told = company.house.says(person, "/tasks")
    assert len(told.splitlines()) == 1
    assert {"ja": "未完了のタスクはありません", "en": "no open tasks"}[LANGUAGE[person]] in told


def test_ten_at_a_time_and_the_figures_add_up(company: Company, person: str) -> None:
    house = company.house
    for number in range(23):
        add_task(company.records, company.acme, TUESDAY, title=f"仕事{number:02}")
    seen = set()
    told = house.says(person, "/tasks")
    for _ in range(2):
        seen |= {name for name in (f"仕事{n:02}" for n in range(23)) if name in told}
        told = house.clicks(person, "tasks_page#2")
    seen |= {name for name in (f"仕事{n:02}" for n in range(23)) if name in told}
    assert len(seen) == 23
    assert "tasks_page#2" not in str(house.visitor.messages(person, house.visitor.direct(person)))
    assert "23" in told


@pytest.mark.row("B40")
def test_a_lead_sees_the_team_with_names_and_can_look_at_their_own(company: Company) -> None:
    house = company.house
    mori = member(company, MORI)
    with house.bot.store.writing(house.workspace.id) as unit:
        owner = unit.session.get_one(Member, (house.workspace.id, company.records.sato.id))
        owner.lead_id = mori.id
    add_task(company.records, company.acme, TUESDAY, title="部下の仕事")
    add_task(company.records, company.theta, TUESDAY, title="自分の仕事", owner_id=mori.id)
    told = house.says(MORI, "/tasks")
    assert f"担当 {owner.name}" in told
    assert "担当 森" in told
    own = house.clicks(MORI, "tasks_page#3")
    assert "自分の仕事" in own
    assert "部下の仕事" not in own
    assert "部下の仕事" in house.clicks(MORI, "tasks_page#3")


def test_a_customer_s_tasks_are_asked_for_by_name(company: Company, person: str) -> None:
    house = company.house
    add_task(
        company.records, company.acme, TUESDAY, title="議事録", owner_id=member(company, MORI).id
    )
    add_task(company.records, company.theta, TUESDAY, title="別の顧客")
    told = house.says(person, "/tasks アクメ")
    assert "議事録" in told
    assert "森" in told
    assert "別の顧客" not in told
    house.clicks(person, "task_add")
    assert "アクメ商事" in house.form(person)


@pytest.mark.row("B35", "E8")
def test_waiting_is_one_click_and_asking_again_another(company: Company, person: str) -> None:
    house, words = company.house, LANGUAGE[person]
    task = add_task(company.records, company.acme, date(2026, 11, 18))
    house.says(person, "/tasks")
    told = house.clicks(person, "more", choose=f"task_wait#{task.id}")
    until = {"ja": "11/26(木)", "en": "Wed 25 Nov"}[words]
    assert until in told
    again = house.clicks(person, "more", choose=f"task_wait#{task.id}")
    assert until in again
    assert len(touches(company)) == 1
    told = house.says(person, "/tasks")
    assert LATE[words] not in told
    house.at(datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    house.says(person, "/tasks")
    assert {"ja": "12/1(火)", "en": "Tue 1 Dec"}[words] in house.clicks(person, "task_again")
    assert len(touches(company)) == 2
    assert [each.state for each in tasks(company)] == ["waiting"]


def test_a_new_date_wrong_and_then_right(company: Company, person: str) -> None:
    house, words = company.house, LANGUAGE[person]
    task = add_task(company.records, company.acme, date(2026, 11, 18))
    house.says(person, "/tasks")
    house.clicks(person, "more", choose=f"task_move#{task.id}")
    assert "アクメ商事" in house.form(person)
    assert list(house.submits(person, due_on="2026-11-24", reason="")["errors"]) == ["reason"]
    wrong = house.submits(person, due_on="2026-11-19", reason="先方の決算")
    assert list(wrong["errors"]) == ["due_on"]
    day_off = {"ja": "2026-11-23", "en": "2026-11-22"}[words]
    assert house.submits(person, due_on=day_off, reason="先方の決算").get("closed")
    told = house.reads(person)[-1]
    assert DAY_OFF[words] in told
    due_on = {"ja": TUESDAY, "en": date(2026, 11, 23)}[words]
    assert [(each.due_on, each.reason) for each in tasks(company)] == [(due_on, "先方の決算")]


def test_handing_over_is_told_to_the_new_owner_in_their_own_words(
    company: Company, person: str
) -> None:
    house = company.house
    other = {SATO: SMITH, SMITH: SATO}[person]
    task = add_task(company.records, company.acme, TUESDAY)
    house.says(person, "/tasks")
    house.clicks(person, "more", choose=f"task_hand#{task.id}")
    assert "owner" in house.submits(person, owner=STRANGER)["errors"]
    assert house.submits(person, owner=other).get("closed")
    house.send()
    told = house.reads(other)[-1]
    assert {"ja": "handed this task to you", "en": "引き継ぎました"}[LANGUAGE[person]] in told
    assert [each.owner_id for each in tasks(company)] == [member(company, other).id]
    house.says(other, "/tasks")
    assert "アクメ商事" in house.says(other, "/tasks")


def test_a_task_is_dropped_with_its_reason_once(company: Company, person: str) -> None:
    house = company.house
    task = add_task(company.records, company.acme, TUESDAY)
    house.says(person, "/tasks アクメ")
    house.clicks(person, "more", choose=f"task_drop#{task.id}")
    assert list(house.submits(person, reason="")["errors"]) == ["reason"]
    assert house.submits(person, reason="契約が終わった").get("closed")
    assert "契約が終わった" in house.reads(person)[-1]
    house.clicks(person, "more", choose=f"task_drop#{task.id}")
    assert list(house.submits(person, reason="もう一度")["errors"]) == ["reason"]
    assert [(each.state, each.reason) for each in tasks(company)] == [("dropped", "契約が終わった")]


@pytest.mark.row("A1", "A2")
def test_a_task_is_added_from_the_card_and_the_same_once(company: Company, person: str) -> None:
    house, words = company.house, LANGUAGE[person]
    entries = {"title": "導入効果のまとめ", "due_on": "2026-11-24", "mover": "them"}
    for _ in range(2):
        house.says(person, "/tasks アクメ")
        house.clicks(person, "task_add")
        assert house.form(person)
        answer = house.submits(person, **entries)
    assert list(answer["errors"]) == ["title"]
    [kept] = tasks(company)
    assert (kept.origin, kept.mover, kept.owner_id) == ("hand", "them", company.records.sato.id)
    assert {"ja": "リアクティブ", "en": "reactive"}[words] in house.says(person, "/tasks アクメ")


@pytest.mark.row("B35")
def test_buttons_work_in_a_thread_where_slash_commands_do_not(company: Company) -> None:
    house = company.house
    task = add_task(company.records, company.acme, TUESDAY)
    with house.bot.store.reading(house.workspace.id) as unit:
        row = get_task(unit, task.id, TODAY)
    shown = build_handed_to_you(Texts().speak(Locale.JA), row, "森", TODAY)
    with house.bot.store.writing(house.workspace.id) as unit:
        outbox.put(unit, key="post", audience=CS, text="アラート")
        outbox.put(
            unit,
            key="reply",
            audience=CS,
            text=shown.text,
            blocks=shown.blocks,
            thread_of_key="post",
        )
    house.send()
    root = house.visitor.messages(SATO, CS)[-1]["ts"]
    house.visitor.clicks(SATO, CS, "task_done", ts=root)
    assert "アクメ商事" in house.form(SATO)
    assert house.submits(SATO, result="done", impression="前向き").get("closed")
    house.visitor.clicks(SATO, CS, "card", ts=root)
    house.rest()
    thread = house.visitor.thread(SATO, CS, root)
    assert "アクメ商事" in str(thread[-1])
    assert [each.state for each in tasks(company)] == ["done"]


def test_whoever_looks_after_no_accounts_is_refused(company: Company) -> None:
    house = company.house
    add_task(company.records, company.acme, TUESDAY, title="議事録")
    for written in ("/tasks", "/tasks アクメ", "tasks"):
        assert "議事録" not in house.says(STRANGER, written)
    assert Role.CSM not in member(company, STRANGER).roles

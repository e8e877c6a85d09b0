"""A regular meeting: a lead asks for a colleague's view, by name or by mention, in private."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.store.base import new_id
from bot.store.tables import Member, Task
from bot.store.tables import Touch as Contact
from tests.commands.loop_records import add_task
from tests.commands.records import FRIDAY, TODAY
from tests.house import CS, MORI, SATO, SHARED, STRANGER, WITH_GUEST, House
from tests.stories.conftest import Company

pytestmark = pytest.mark.row("B40", "B35", "E8")


@pytest.fixture
def week(company: Company) -> Company:
    """Of the person: something overdue, something waiting, a task of the list, days to come."""
    records, acme, theta = company.records, company.acme, company.theta
    add_task(records, acme, TODAY - timedelta(days=2), title="資料の準備")
    waits = {"state": "waiting", "waiting_until_on": date(2026, 11, 26)}
    add_task(records, theta, TODAY - timedelta(days=1), title="打ち合わせを打診", **waits)
    listed = {"origin": "monthly", "title": "定期フォロー"}
    _add(company, "リスト社", date(2026, 11, 30), **listed)
    _add(company, "来週社", date(2026, 11, 27), title="更新の相談")
    _add(company, "再来週社", date(2026, 12, 9), title="振り返り")
    touch(company, theta.id, date(2026, 11, 17), None)
    touch(company, acme.id, date(2026, 11, 16), date(2026, 11, 25))
    return company


def _add(company: Company, name: str, due_on: date, **more: Any) -> None:
    add_task(company.records, company.records.add_account(name), due_on, **more)


def touch(company: Company, account_id: int, on: date, next_on: date | None) -> None:
    company.records.keep(
        Contact(
            id=new_id(),
            account_id=account_id,
            ref=f"T-{new_id()}",
            touched_on=on,
            next_on=next_on,
            known_at=FRIDAY,
        )
    )


def name_of(house: House, user: str) -> str:
    with house.bot.store.reading(house.workspace.id) as unit:
        return unit.session.scalars(select(Member.name).filter_by(slack_user=user)).one()


def groups(told: str) -> list[str]:
    """The accounts named, in order of reading."""
    known = ("アクメ", "シータ", "リスト社", "来週社", "再来週社")
    rows = [
        line for line in told.splitlines() if "*" in line and ("社" in line or "アクメ" in line)
    ]
    return [name for line in rows for name in known if f"*{name}" in line]


def test_ones_own_goes_through_everything_once(week: Company, person: str) -> None:
    told = week.house.says(person, "/sakidori meeting")
    assert groups(told) == ["アクメ", "シータ", "リスト社", "アクメ", "来週社"]
    assert "2日超過" in told or "2 days over" in told
    assert "11/17(火)に連絡" in told or "Contacted Tue 17 Nov" in told
    assert "11/26(木)まで待ちます" in told or "waiting until Thu 26 Nov" in told
    assert "次回の約束" in told or "next touch agreed" in told
    assert "ほかに1件" in told or "1 more task is due later" in told


def test_planned_against_done_counts_the_month_so_far(week: Company, person: str) -> None:
    done = {"state": "done", "ended_on": TODAY}
    for due_on, more in (
        (date(2026, 11, 2), done),
        (date(2026, 11, 20), done),
        (date(2026, 12, 2), done),
        (date(2026, 10, 30), done | {"ended_on": date(2026, 11, 1)}),
        (date(2026, 10, 30), done | {"ended_on": date(2026, 10, 31)}),
        (date(2026, 11, 5), {"state": "dropped"}),
    ):
        add_task(week.records, week.acme, due_on, **more)
    told = week.house.says(person, "/sakidori meeting")
    # Two of the week's own were due as well: one overdue, one waiting.
    assert "予定4件のうち完了2件" in told or "2 of 4 planned tasks done" in told
    assert "50%" not in told
    assert "ほかに完了2件" in told or "2 done besides" in told


def test_a_lead_asks_by_name_by_a_part_of_it_by_mail_name_and_by_mention(
    week: Company, person: str
) -> None:
    house, name = week.house, name_of(week.house, person)
    said = [
        name,
        name[: max(1, len(name) - 2)],
        f"<@{person}>",
        f"<@{person}|someone>",
        person.lower(),
    ]
    views = [house.says(MORI, f"/sakidori meeting {each}") for each in said]
    views.append(house.says(MORI, f"meeting {name}"))
    for told in views:
        assert groups(told) == ["アクメ", "シータ", "リスト社", "アクメ", "来週社"]
        assert name in told.splitlines()[0]


def test_of_several_of_a_name_the_one_meant_is_asked_for(week: Company) -> None:
    house = week.house
    with house.bot.store.writing(house.workspace.id) as unit:
        for name in ("田中 一郎", "田中 花子"):
            unit.add(Member(id=new_id(), name=name, roles=["csm"], known_at=unit.at))
    told = house.says(MORI, "/sakidori meeting 田中")
    assert "2人います" in told
    assert "田中 花子さんのミーティング" in house.clicks(MORI, "田中 花子")
    assert "次の人ですか" in house.says(MORI, "/sakidori meeting 田中花代")


def test_nobody_of_that_name_and_nobody_of_the_team_is_refused(week: Company) -> None:
    house = week.house
    assert "見つかりません" in house.says(MORI, "/sakidori meeting ωωω")
    assert "登録されていません" in house.says(MORI, f"/sakidori meeting <@{STRANGER}>")


def test_asked_for_in_a_channel_the_view_is_still_ones_own(week: Company, person: str) -> None:
    house = week.house
    told = house.says(person, "/sakidori meeting", CS)
    assert "アクメ" in told
    assert not any("アクメ" in each for each in house.reads(MORI, CS))


def test_it_is_shared_into_a_channel_where_no_outsider_reads(week: Company, person: str) -> None:
    house, name = week.house, name_of(week.house, person)
    house.says(MORI, f"/sakidori meeting {name}")
    house.clicks(MORI, "share_meeting")
    assert name in house.form(MORI)
    for closed in (SHARED, WITH_GUEST):
        assert "channel" in house.submits(MORI, channel=closed)["errors"]
    house.submits(MORI, channel=CS)
    house.send()
    told = house.reads(person, CS)[-1]
    # A channel reads the workspace's language.
    assert f"<@{MORI}> さんが共有" in told
    assert f"{name}さんのミーティング" in told
    assert groups(told) == ["アクメ", "シータ", "リスト社", "アクメ", "来週社"]
    assert "チャンネルに共有" not in told
    assert not any("アクメ" in each for each in house.reads(SATO, SHARED))


def test_nothing_to_go_through_is_one_line_and_how_far(week: Company) -> None:
    told = week.house.says(MORI, "/sakidori meeting")
    assert len(told.splitlines()) == 2
    assert "予定はありません" in told


def test_strangers_are_refused(week: Company) -> None:
    told = week.house.says(STRANGER, "/sakidori meeting")
    assert "アクメ" not in told


def test_a_row_leads_to_its_ways_out_and_stands_elsewhere_afterwards(
    week: Company, person: str
) -> None:
    house = week.house
    house.says(person, "/sakidori meeting")
    with house.bot.store.reading(house.workspace.id) as unit:
        overdue = unit.session.scalars(select(Task).filter_by(account_id=week.acme.id)).one()
    assert house.clicks(person, "more", choose=f"task_wait#{overdue.id}")
    told = house.says(person, "/sakidori meeting")
    assert "期限超過 0件/返信待ち 2件" in told or "Overdue: 0 / waiting: 2" in told
    house.says(person, "/sakidori meeting")
    house.clicks(person, "more", choose=f"task_done#{overdue.id}")
    assert "アクメ" in house.form(person)

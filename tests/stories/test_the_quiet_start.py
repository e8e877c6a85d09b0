"""The quiet start: one diagnosis, ten to begin with, and a revision after four weeks."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band
from bot.store.tables import (
    Account,
    OutboxItem,
    Task,
)
from tests.commands.records import TODAY, Records
from tests.house import (
    MORI,
    OPS,
    SATO,
    SMITH,
    House,
)
from tests.stories.first_hour import (
    audited,
    begin,
    change,
    furnish,
    id_of,
    models,
    open_setup,
    tasks_of,
    walk_to,
    workspace_of,
)

pytestmark = pytest.mark.row("B36", "C6", "D14")


@pytest.fixture
def small(house: House) -> Records:
    """The same in one language and one way in, for what does not depend on them."""
    return furnish(house, "ja")


def at_nine_thirty(house: House, on: date) -> House:
    return house.at(datetime.fromisoformat(f"{on}T00:30:00+00:00"))


def revisions(house: House) -> list[str]:
    return [each for each in house.reads(OPS) if "しきい値の見直し" in each]


def test_without_scores_it_does_not_start(house: House) -> None:
    Records(house.bot.store, house.workspace.id)
    assert "スコアの計算がまだ" in walk_to(house, 6)
    assert house.submits(OPS)["updated"]
    assert workspace_of(house).started_on is None


def test_to_look_again_never_starts_anything(house: House) -> None:
    records = Records(house.bot.store, house.workspace.id)
    acme = records.add_account("アクメ商事")
    assert "スコアの計算がまだ" in walk_to(house, 6)
    records.keep_model()
    records.score(acme, TODAY, 40.0, Band.RED)
    assert house.submits(OPS)["updated"]
    assert workspace_of(house).started_on is None
    assert "開始する" in house.form(OPS)
    assert house.submits(OPS)["closed"]
    assert workspace_of(house).started_on == TODAY


def test_it_starts_once(house: House, small: Records) -> None:
    walk_to(house, 6)
    house.says(OPS, "/sakidori role @森 lead ops")
    open_setup(house, MORI)
    assert house.submits(OPS)["closed"]
    house.at(house.clock.now() + timedelta(days=1))
    house.submits(MORI)
    assert "開始済み" in house.form(MORI)
    assert workspace_of(house).started_on == TODAY
    assert "開始済み" in open_setup(house)
    assert audited(house).count("workspace_started") == 1


def test_leads_and_ops_get_one_diagnosis_each(house: House, small: Records) -> None:
    begin(house)
    for user in (OPS, MORI):
        told = [each for each in house.reads(user) if "初回診断" in each and "1." in each]
        assert len(told) == 1
        [text] = told
        assert "🔴 高リスク 2社 300万円" in text
        assert "しきい値は暫定" in text
        assert "導入目的が未登録 12社" in text
        assert "成功基準が未登録 12社" in text
        assert "まだないデータ 契約" in text
        assert "8週間分がそろってから" in text
    assert not any("1." in each for each in house.reads(SATO))
    with house.bot.store.reading(house.workspace.id) as unit:
        keys = list(unit.session.scalars(select(OutboxItem.key)))
    assert sum(key.startswith(f"diagnosis:{TODAY}:") for key in keys) == 2
    assert not any(key.startswith("episode:") for key in keys)


def test_ten_tasks_once_with_two_clicks_of_two_people(house: House, small: Records) -> None:
    begin(house)
    told = house.clicks(OPS, "first_ten")
    assert "6件のタスク" in told
    assert "すでにあります" in house.clicks(MORI, "first_ten")
    made = tasks_of(house)
    assert len(made) == 6
    assert {task.key for task in made} == {f"first:{task.account_id}" for task in made}
    assert made[0].title == {
        "ja": "初回診断のフォロー:状況を確認して連絡する",
        "en": "First diagnosis: see how they are doing and get in touch",
    }


def test_first_tasks_are_due_on_days_that_are_worked(house: House, small: Records) -> None:
    begin(house)
    house.clicks(OPS, "first_ten")
    # Monday 23 November is a holiday.
    assert [task.due_on for task in tasks_of(house)] == [
        *[date(2026, 11, 24)] * 2,
        *[date(2026, 11, 25)] * 2,
        *[date(2026, 11, 26)] * 2,
    ]


def test_whoever_owns_nothing_yet_leaves_the_task_to_the_second_or_the_one_who_asks(
    house: House, small: Records
) -> None:
    change(house, "顧客00社", owner_id=None, second_id=id_of(house, SMITH))
    change(house, "顧客01社", owner_id=None)
    begin(house)
    house.clicks(OPS, "first_ten")
    with house.bot.store.reading(house.workspace.id) as unit:
        rows = unit.session.execute(
            select(Account.name, Task.owner_id).join(Task, Task.account_id == Account.id)
        ).all()
    assert ("顧客00社", id_of(house, SMITH)) in rows
    assert ("顧客01社", id_of(house, OPS)) in rows


def test_a_revision_is_proposed_once_after_four_weeks(house: House, small: Records) -> None:
    begin(house)
    at_nine_thirty(house, TODAY + timedelta(days=27)).run_job("revision")
    assert revisions(house) == []
    for days in (28, 29):
        at_nine_thirty(house, TODAY + timedelta(days=days)).run_job("revision")
    [told] = revisions(house)
    assert "いまのしきい値" in told
    house.clicks(OPS, "setup_bands")
    assert "*5/6*" in house.form(OPS)
    house.submits(OPS)
    assert "thresholds_kept" in audited(house)


def test_a_decision_after_four_weeks_is_not_asked_again(house: House, small: Records) -> None:
    begin(house)
    at_nine_thirty(house, TODAY + timedelta(days=28))
    open_setup(house)
    house.clicks_form(OPS, "しきい値")
    assert "暫定です" in house.form(OPS)
    house.submits(OPS, red_below="55")
    assert "しきい値の下書きを作りました" in house.form(OPS)
    assert models(house) == [(1, "active"), (2, "draft")]
    house.run_job("revision")
    assert revisions(house) == []

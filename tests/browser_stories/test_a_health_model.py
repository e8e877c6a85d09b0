"""A threshold is changed in a form at the page, simulated, and approved by a second person."""

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from bot.store.tables import AuditEntry, HealthModel, Member, Workspace
from tests.browser_stories.company import FRIDAY
from tests.browser_stories.conftest import OpenAs
from tests.house import KUDO, OPS, House

pytestmark = pytest.mark.browser

CHILD_MS = 240_000


def begin_watching(house: House) -> None:
    """After the first hour a second person is needed."""
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.session.get_one(Workspace, unit.workspace_id).started_on = FRIDAY
        manager = unit.session.scalars(select(Member).filter_by(slack_user=KUDO)).one()
        assert manager.roles == ["manager"]


def say(page: Page, text: str, answer: str) -> Locator:
    """Type it, and the message that answers."""
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")
    return newest(page, answer)


def newest(page: Page, text: str, patience: float = 60_000) -> Locator:
    found = page.get_by_test_id("message").filter(has_text=text).last
    expect(found).to_be_visible(timeout=patience)
    return found


def press(message: Locator, button: str) -> None:
    message.get_by_role("button", name=button, exact=True).click()


@pytest.mark.row("E11", "E27", "E29")
def test_a_threshold_is_changed_simulated_and_approved_by_a_second_person(
    house: House, open_as: OpenAs
) -> None:
    page = open_as(OPS)
    press(say(page, "/sakidori model", "運用中 第1版"), "下書きを作る")
    modal = page.get_by_test_id("modal")
    modal.get_by_label("理由").fill("高リスクに気づくのが遅い")
    modal.get_by_test_id("modal-submit").click()
    press(newest(page, "下書きの第2版を作りました"), "しきい値を変更")
    modal.get_by_label("この点数未満を高リスクにする").fill("80")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error").first).to_contain_text("良好の点数を")
    modal.get_by_label("この点数未満を高リスクにする").fill("60")
    modal.get_by_test_id("modal-submit").click()
    press(newest(page, "高リスクの上限:50点未満 → 60点未満"), "試算する")
    result = newest(page, "試算の結果", CHILD_MS)
    expect(result).to_contain_text("アラートの見込み")
    press(result, "下書きを開く")
    the_same_person_is_refused(house, page)
    second = open_as(KUDO)
    press(newest(second, "ヘルスモデルの承認のお願い"), "下書きを開く")
    approve(second)
    newest(second, "第2版を使い始めました")
    shown = say(page, "/sakidori model", "運用中 第2版")
    expect(shown).to_contain_text("大野さんが作成、工藤さんが承認")
    with house.bot.store.reading(house.workspace.id) as unit:
        entry = unit.session.scalars(
            select(AuditEntry).filter_by(action="health_model_activated", subject="2")
        ).one()
        versions = unit.session.execute(select(HealthModel.version, HealthModel.status)).all()
    assert (entry.actor, entry.change["red_below"]) == (KUDO, 60)
    assert sorted(versions) == [(1, "retired"), (2, "active")]


def approve(page: Page) -> None:
    """Press it on the newest draft, and say yes once more."""
    press(newest(page, "試算済みです。結果を確かめて"), "承認する")
    page.get_by_test_id("confirm").get_by_role("button", name="承認する").click()


def the_same_person_is_refused(house: House, page: Page) -> None:
    """In the first hour it was offered; once watching has begun the old button says why not."""
    newest(page, "試算済みです。結果を確かめて")
    begin_watching(house)
    approve(page)
    newest(page, "最後に変更したのはあなたです")
    press(say(page, "/sakidori model", "第2版の下書きがあります"), "下書きを開く")
    draft = newest(page, "次は「承認を依頼」です")
    expect(draft.get_by_role("button", name="承認する", exact=True)).to_have_count(0)
    press(draft, "承認を依頼")

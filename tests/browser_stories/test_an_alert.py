"""From an alert to its outcome at the page, and what the lead hears of it the next morning."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from bot.services.playbooks import ensure_shipped
from bot.store.tables import Account, Member
from tests.browser_stories.conftest import OpenAs
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import Records
from tests.house import MORI, SATO, House

pytestmark = pytest.mark.browser

FRIDAY = date(2026, 11, 20)
NAME = "アクメ商事株式会社"


def tell_alert(house: House) -> None:
    """A fall of use that the night has seen, with one task due today; 森 is 佐藤's lead."""
    store, workspace_id = house.bot.store, house.workspace.id
    ensure_shipped(store, workspace_id)
    with store.writing(workspace_id) as unit:
        people = {each.slack_user: each for each in unit.session.scalars(select(Member))}
        people[SATO].lead_id = people[MORI].id
        acme = unit.session.scalars(select(Account).filter_by(name=NAME)).one()
    records = Records(store, workspace_id, people[SATO])
    episode = add_episode(records, acme, opened_on=FRIDAY)
    add_task(records, acme, FRIDAY, episode=episode, made_on=FRIDAY)
    house.run_job("alerts")


def press(alert: Locator, button: str, then: str) -> None:
    """Press, and wait for what the message says afterwards."""
    alert.get_by_role("button", name=button).click()
    expect(alert).to_contain_text(then)


def refuse_then_accept(page: Page) -> None:
    """The form stays until result and impression are there; Slack asks for the first itself."""
    modal = page.get_by_test_id("modal")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error").first).to_be_visible()
    modal.get_by_role("radio", name="打ち合わせを実施").check()
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error").first).to_contain_text("「結果」と「所感」")
    modal.get_by_label("所感").fill("新しい担当者に使い方を案内し、前向きだった")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()


@pytest.mark.row("B36", "B41", "B43", "B47", "D7", "X39")
def test_an_alert_is_taken_up_ends_in_an_outcome_and_the_lead_hears_of_it(
    house: House, open_as: OpenAs
) -> None:
    tell_alert(house)
    page = open_as(SATO)
    told = page.get_by_test_id("message").filter(has_text="利用低下フォロー").last
    alert = page.locator(f'.message[data-ts="{told.get_attribute("data-ts")}"]')
    press(alert, "対応する", "対応中:佐藤")
    press(alert, "使い方が分からない", "原因の仮説:使い方が分からない")
    press(alert, "打診した・返信待ち", "返信待ち:11/26(木)まで")
    home = open_as(SATO, tab="home").locator(".home-blocks")
    expect(home).not_to_contain_text("期限超過")
    alert.get_by_role("button", name="結果を記録").click()
    refuse_then_accept(page)
    expect(alert).to_contain_text("所感:新しい担当者に使い方を案内し、前向きだった")
    expect(alert.get_by_role("button", name="対応する")).to_have_count(0)
    card = open_as(SATO, tab="home").locator(".home-blocks")
    expect(card).not_to_contain_text("利用低下フォロー")
    the_lead_hears_that_nothing_comes_after_it(house, open_as)


def the_lead_hears_that_nothing_comes_after_it(house: House, open_as: OpenAs) -> None:
    """On the next business day, after the long weekend."""
    house.at(house.clock.now() + timedelta(days=4))
    house.run_job("lead_digest")
    digest = open_as(MORI).get_by_test_id("message").last
    expect(digest).to_contain_text("次のアクション未設定の完了 1件")
    expect(digest).to_contain_text(NAME)

"""News that arrives while somebody is at it: what was begun stays, and stays whose it was."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.page import samples
from tests.page.fake import FakeSandbox

pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]

OpenAs = Callable[..., Page]
Json = dict[str, Any]

FIND = {
    "type": "external_select",
    "action_id": "account",
    "min_query_length": 2,
    "placeholder": samples.plain("顧客を探す"),
}
FOUND = {"options": [samples.option("ゼータ工業", "A1")]}
NOTE = samples.text_input("note", "所感")


def home(*above: str) -> Json:
    """A home with a search below some lines whose ids are new each time, as Slack gives them."""
    lines = [samples.section(text, f"{text} {number}") for number, text in enumerate(above)]
    return samples.home(*lines, samples.actions(FIND, block_id="find"))


def test_what_happens_before_the_stream_stands_is_caught_up(fake: FakeSandbox, page: Page) -> None:
    fake.is_stream_held = True
    page.goto(f"{fake.url}/?as=U1&channel=D1&tab=")
    page.locator(".message-list > *").first.wait_for()
    fake.stack = [samples.modal(NOTE)]
    fake.is_stream_held = False
    expect(page.get_by_label("所感")).to_be_visible()


def test_a_home_published_again_leaves_a_begun_search(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.home = home("担当38社")
    page = open_as(tab="home")
    box = page.get_by_role("combobox", name="顧客を探す")
    box.press_sequentially("ぜー")
    fake.answer_next("suggest", FOUND, FOUND)
    fake.home = home("担当39社", "今日の対応 2件", "更新 1件")
    fake.push("home")
    expect(page.get_by_test_id("home")).to_contain_text("更新 1件")
    expect(box).to_be_focused()
    box.press_sequentially("た")
    expect(box).to_have_value("ぜーた")
    page.get_by_role("option", name="ゼータ工業").click()
    assert fake.take("action")[0]["action"]["selected_option"]["value"] == "A1"


def test_a_begun_search_outlives_a_change_of_its_own_row(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    fake.home = home("担当38社")
    page = open_as(tab="home")
    box = page.get_by_role("combobox", name="顧客を探す")
    box.press_sequentially("ぜたー")
    box.press("ArrowLeft")
    fake.answer_next("suggest", FOUND, FOUND, FOUND)
    fake.home = home("担当38社")
    fake.home["blocks"][-1]["elements"].append(samples.button("すべて見る", "see_all"))
    fake.push("home")
    expect(page.get_by_role("button", name="すべて見る")).to_be_visible()
    expect(box).to_be_focused()
    box.press_sequentially("ー")
    expect(box).to_have_value("ぜたーー")
    expect(page.get_by_test_id("choices")).to_have_count(1)
    expect(page.get_by_role("option", name="ゼータ工業")).to_be_visible()


def test_a_search_that_is_gone_leaves_no_open_list(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.home = home("担当38社")
    page = open_as(tab="home")
    page.get_by_role("combobox", name="顧客を探す").click()
    expect(page.get_by_test_id("choices")).to_have_count(1)
    fake.home = samples.home(samples.section("役割がありません"))
    fake.push("home")
    expect(page.get_by_test_id("home")).to_contain_text("役割がありません")
    expect(page.get_by_test_id("choices")).to_have_count(0)


def test_a_message_edited_while_somebody_writes_in_it(fake: FakeSandbox, open_as: OpenAs) -> None:
    blocks = [samples.section("今日の対応 2件", "s"), NOTE]
    fake.messages["D1"] = [samples.message(blocks=blocks)]
    page = open_as()
    field = page.get_by_label("所感")
    field.press_sequentially("打合せ")
    field.press("ArrowLeft")
    changed = [samples.section("今日の対応 1件", "s"), NOTE]
    fake.messages["D1"] = [samples.message(blocks=changed, edited=True)]
    fake.push("messages", channel="D1")
    expect(page.get_by_test_id("message")).to_contain_text("今日の対応 1件")
    expect(field).to_be_focused()
    field.press_sequentially("わ")
    expect(field).to_have_value("打合わせ")


def test_the_same_home_of_another_person_sends_in_their_name(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    row = samples.actions(samples.button("設定を変更", "settings"))
    fake.workspace["users"][1]["locale"] = "ja-JP"
    fake.home = samples.home(samples.section("佐藤さん", "name"), row)
    page = open_as(tab="home")
    expect(page.get_by_test_id("home")).to_contain_text("佐藤さん")
    fake.home = samples.home(samples.section("ミラーさん", "name"), row) | {"id": "H2"}
    page.get_by_test_id("person-switcher").select_option("U2")
    expect(page.get_by_test_id("home")).to_contain_text("ミラーさん")
    page.get_by_role("button", name="設定を変更").click()
    pressed = fake.take("action")[0]
    assert (pressed["as"], pressed["container"]["view_id"]) == ("U2", "H2")


def test_a_form_that_looks_like_the_last_one_starts_empty(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    fake.stack = [samples.modal(samples.text_input("note", "所感"))]
    page = open_as()
    field = page.get_by_label("所感")
    field.fill("古い")
    fake.stack = []
    fake.push("modal")
    expect(page.get_by_test_id("modal")).to_be_hidden()
    fake.stack = [samples.modal(samples.text_input("note", "所感"), view_id="V2")]
    fake.push("modal")
    expect(field).to_have_value("")
    field.fill("新しい")
    page.get_by_test_id("modal-submit").click()
    submitted = fake.take("submit")[0]
    assert submitted["view_id"] == "V2"
    assert submitted["state"]["note"]["note_a"]["value"] == "新しい"

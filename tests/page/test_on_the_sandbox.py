"""The page on the real sandbox, a few lines of bot behind it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from sandbox.server import SandboxServer
from tests.page.samples import command
from tests.page.small_bot import SmallBot
from tests.sandbox.town import UNHURRIED

pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]

TOKEN = "xoxb-sandbox"
SPEC = {
    "team": {"name": "アオバ・ソフト"},
    "app": {
        "name": "Sakidori",
        "bot_token": TOKEN,
        "commands": [command("/health", "顧客の状態を見る", "[顧客名]")],
    },
    "users": [
        {"id": "U1", "name": "sato", "real_name": "佐藤 彩", "role_label": "CSM"},
        {"id": "U2", "name": "ops", "real_name": "Olive Ops", "locale": "en-US"},
    ],
    "channels": [{"id": "C1", "name": "ops", "members": ["U1", "U2", "U0BOT"]}],
    "settings": {"now": "2026-11-20T08:30:00+09:00", **UNHURRIED},
}


@pytest.fixture
def bot() -> Iterator[SmallBot]:
    with SmallBot(TOKEN) as small:
        yield small


@pytest.fixture
def visited(bot: SmallBot, page: Page) -> Iterator[Page]:
    with SandboxServer(SPEC, bot_url=bot.url) as sandbox:
        bot.api_url = sandbox.api_url
        page.goto(f"{sandbox.url}/?as=U1")
        page.get_by_text("まだメッセージはありません。").wait_for()
        yield page


def test_a_command_a_button_and_a_form_wrong_and_then_right(visited: Page, bot: SmallBot) -> None:
    visited.get_by_test_id("composer").fill("/health アクメ商事")
    visited.get_by_test_id("composer").press("Enter")
    card = visited.get_by_test_id("message")
    expect(card).to_contain_text("アクメ商事 ヘルススコア 71 → 48")
    expect(card).to_contain_text("あなただけに表示されています")
    card.get_by_role("button", name="活動を記録").click()
    modal = visited.get_by_test_id("modal")
    modal.get_by_label("所感").fill("短い")
    modal.get_by_role("combobox", name="顧客").press_sequentially("物産")
    modal.get_by_role("option", name="アクメ物産").click()
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error")).to_contain_text("5文字以上")
    modal.get_by_label("所感").fill("推進担当者と話しました")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()
    values = bot.payloads[-1]["view"]["state"]["values"]
    assert values["note"]["note_a"]["value"] == "推進担当者と話しました"
    assert values["account"]["account_a"]["selected_option"]["value"] == "アクメ物産"


def test_a_line_a_reaction_and_a_file_stay_in_the_channel(visited: Page) -> None:
    visited.get_by_test_id("channel-ops").click()
    visited.get_by_test_id("composer").fill("今日の分です <b>&")
    visited.get_by_test_id("composer").press("Enter")
    line = visited.get_by_test_id("message").first
    expect(line).to_contain_text("今日の分です <b>&")
    line.hover()
    line.get_by_role("button", name="リアクションする").click()
    visited.get_by_role("button", name="eyes").click()
    expect(line.get_by_test_id("reactions")).to_contain_text("👀")
    file = FilePayload(name="usage.csv", mimeType="text/csv", buffer=b"a,b\n1,2\n")
    visited.get_by_test_id("file-picker").set_input_files([file])
    chip = visited.get_by_role("link", name="usage.csv をダウンロード")
    address = chip.get_attribute("href")
    assert address is not None
    assert visited.request.get(address).body() == b"a,b\n1,2\n"


def test_what_one_person_says_reaches_another_in_their_language(visited: Page) -> None:
    visited.get_by_test_id("channel-ops").click()
    visited.get_by_test_id("composer").fill("おはようございます")
    visited.get_by_test_id("composer").press("Enter")
    expect(visited.get_by_test_id("message")).to_have_count(1)
    visited.get_by_test_id("person-switcher").select_option("U2")
    expect(visited.get_by_test_id("message")).to_contain_text("佐藤 彩")
    expect(visited.get_by_test_id("composer")).to_have_attribute("placeholder", "Message #ops")


def test_an_unknown_command_is_refused_as_slack_does(visited: Page) -> None:
    visited.get_by_test_id("composer").fill("/helth アクメ")
    visited.get_by_test_id("composer").press("Enter")
    expect(visited.get_by_test_id("composer-error")).to_contain_text("is not a valid command")
    expect(visited.get_by_test_id("next-day")).to_have_count(0)

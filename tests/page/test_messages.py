"""What a person sees of messages, and what pressing on them sends."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.page import samples
from tests.page.fake import FakeSandbox

pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]

OpenAs = Callable[..., Page]
EARLIER = "1795044600.000100"
# The page hears of a scroll with the next frame; news that come before that show the end again.
READ_EARLIER = """async list => {
  do {
    list.scrollTop = 0;
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  } while (list.scrollTop > 0);
}"""


def test_a_digest_shows_its_rows_author_and_time(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.digest()]
    message = open_as().get_by_test_id("message")
    expect(message).to_have_attribute("data-ts", samples.DIGEST_TS)
    expect(message).to_contain_text("おはようございます、佐藤さん")
    expect(message.locator(".message-author")).to_have_text("Sakidori")
    expect(message.locator("time").first).to_have_text("08:30")
    expect(message.get_by_role("button", name="完了")).to_be_visible()


def test_a_button_sends_its_action_with_its_message(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.digest()]
    open_as().get_by_role("button", name="完了").click()
    fake.take("action")
    sent = fake.bodies("action")[0]
    assert sent["as"] == "U1"
    assert sent["container"] == {"kind": "message", "channel": "D1", "ts": samples.DIGEST_TS}
    assert sent["action"]["block_id"] == "late"
    assert sent["action"]["action_id"] == "done"
    assert sent["action"]["value"] == "v"


def test_a_refused_press_says_why_and_frees_the_button(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.digest()]
    fake.answer_next("action", {"error": "この操作は時間切れです。"})
    page = open_as()
    page.get_by_role("button", name="完了").click()
    expect(page.get_by_test_id("toast")).to_contain_text("この操作は時間切れです。")
    expect(page.get_by_role("button", name="完了")).to_be_enabled()


def test_an_ephemeral_message_says_so_in_the_persons_language(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    fake.messages["D1"] = [samples.message(text="内緒です", ephemeral=True)]
    fake.messages["D2"] = [samples.message(text="between us", ephemeral=True)]
    page = open_as("U1", "D1")
    expect(page.get_by_test_id("message")).to_contain_text("あなただけに表示されています")
    page.get_by_test_id("person-switcher").select_option("U2")
    expect(page.get_by_test_id("message")).to_contain_text("Only visible to you")


def test_an_edited_message_carries_its_mark(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.message(text="直しました", edited=True)]
    expect(open_as().get_by_test_id("message")).to_contain_text("(編集済み)")


def test_what_a_customer_typed_never_becomes_markup(fake: FakeSandbox, open_as: OpenAs) -> None:
    evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    escaped = evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    cell = {"type": "raw_text", "text": evil}
    fake.messages["D1"] = [
        samples.said(evil),
        samples.message(
            ts="1795131001.0",
            blocks=[
                samples.section(f"*太い* {escaped} <javascript:window.hit=1|押す>"),
                {"type": "markdown", "block_id": "m", "text": f"{evil} [押す](javascript:hit=1)"},
                {"type": "table", "block_id": "t", "rows": [[cell], [cell]]},
                {"type": "header", "block_id": "h", "text": samples.plain(evil)},
            ],
        ),
    ]
    fake.workspace["users"][0]["real_name"] = evil
    page = open_as()
    expect(page.get_by_test_id("message").last).to_contain_text("<script>window.hit=1</script>")
    assert page.locator(".message script, .message img, a[href^='javascript']").count() == 0
    assert page.evaluate("() => window.hit") is None


def test_an_unknown_block_or_element_is_visible(fake: FakeSandbox, open_as: OpenAs) -> None:
    blocks = [
        {"type": "hologram", "block_id": "x"},
        samples.actions({"type": "lever", "action_id": "l"}),
    ]
    fake.messages["D1"] = [samples.message(blocks=blocks)]
    boxes = open_as().get_by_test_id("unsupported")
    expect(boxes.nth(0)).to_contain_text("unsupported block: hologram")
    expect(boxes.nth(1)).to_contain_text("unsupported element: lever")


def test_a_prototype_name_is_no_known_block(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.message(blocks=[{"type": "constructor", "block_id": "x"}])]
    box = open_as().get_by_test_id("unsupported")
    expect(box).to_contain_text("unsupported block: constructor")


def test_days_are_parted_and_named_by_the_sandboxs_date(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.said("きのう", EARLIER), samples.said("きょう")]
    lines = open_as().locator(".day-line")
    expect(lines).to_have_text(["昨日", "今日"])


def test_lines_said_in_one_breath_share_one_head(fake: FakeSandbox, open_as: OpenAs) -> None:
    first, second, later = "1795131000.0", "1795131060.0", "1795132000.0"
    fake.messages["D1"] = [samples.said("一", first), samples.said("二", second)]
    fake.messages["D1"].append(samples.said("三", later))
    expect(open_as().locator(".message-author")).to_have_count(2)


def test_a_reaction_is_shown_and_toggled(fake: FakeSandbox, open_as: OpenAs) -> None:
    given = [{"name": "+1", "users": ["U2"], "count": 1}]
    fake.messages["D1"] = [samples.said("よし", reactions=given)]
    page = open_as()
    page.get_by_test_id("reactions").get_by_role("button").click()
    fake.take("reaction")
    page.get_by_test_id("message").hover()
    page.get_by_role("button", name="リアクションする").click()
    page.get_by_role("button", name="tada").click()
    fake.take("reaction", 2)
    assert [body["name"] for body in fake.bodies("reaction")] == ["+1", "tada"]


def test_the_more_menu_runs_a_message_shortcut(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.said("連携が欲しい")]
    page = open_as()
    page.get_by_test_id("message").hover()
    page.get_by_role("button", name="その他").click()
    page.get_by_role("menuitem", name="VoCを記録").click()
    fake.take("shortcut")
    wanted = {"as": "U1", "callback_id": "log_voc", "channel": "D1", "ts": samples.DIGEST_TS}
    assert fake.bodies("shortcut")[0] == wanted


def test_a_thread_opens_beside_the_channel_and_takes_a_reply(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    parent = samples.said("本題", EARLIER, reply_count=1)
    fake.messages["D1"] = [parent]
    fake.threads[EARLIER] = [parent, samples.said("返事", thread_ts=EARLIER)]
    page = open_as()
    page.get_by_test_id("thread-link").click()
    expect(page.get_by_test_id("thread").get_by_test_id("message")).to_have_count(2)
    expect(page.get_by_test_id("thread-composer")).to_be_focused()
    page.keyboard.type("了解")
    page.keyboard.press("Enter")
    fake.take("message")
    assert fake.bodies("message")[0]["thread_ts"] == EARLIER
    page.get_by_role("button", name="スレッドを閉じる").click()
    expect(page.get_by_test_id("thread")).to_be_hidden()


def test_a_file_of_a_message_can_be_fetched(fake: FakeSandbox, open_as: OpenAs) -> None:
    address = "/page/api/file?as=U1&id=F1"
    file = {"id": "F1", "name": "usage_2026-11.csv", "url_private_download": address}
    fake.messages["D1"] = [samples.said("", files=[file])]
    chip = open_as().get_by_role("link", name="usage_2026-11.csv をダウンロード")
    expect(chip).to_have_attribute("href", fake.url + address)


def test_an_attachment_shows_its_blocks(fake: FakeSandbox, open_as: OpenAs) -> None:
    attached = {"color": "danger", "blocks": [samples.section("添えた行", "att")]}
    fake.messages["D1"] = [samples.message(text="本文", attachments=[attached])]
    expect(open_as().locator(".attachment")).to_contain_text("添えた行")


def test_a_news_notice_brings_the_new_message(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as()
    expect(page.get_by_text("まだメッセージはありません。")).to_be_visible()
    fake.messages["D1"] = [samples.digest()]
    fake.push("channel", channel="D1")
    expect(page.get_by_test_id("message")).to_have_count(1)


def test_news_elsewhere_marks_the_channel_until_it_is_read(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    page = open_as()
    fake.push("channel", channel="C1")
    row = page.get_by_test_id("channel-cs-team")
    expect(row.get_by_role("img", name="未読あり")).to_be_visible()
    row.click()
    expect(row.get_by_role("img", name="未読あり")).to_have_count(0)


def test_an_unchanged_message_is_not_drawn_again(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.digest()]
    page = open_as()
    page.evaluate("() => { document.querySelector('.message').dataset.seen = 'yes' }")
    fake.messages["D1"].append(samples.said("次", "1795132000.0"))
    fake.push("channel", channel="D1")
    expect(page.get_by_test_id("message")).to_have_count(2)
    expect(page.get_by_test_id("message").first).to_have_attribute("data-seen", "yes")


def test_an_answer_below_the_fold_is_announced(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.messages["D1"] = [samples.said("行\n" * 30, f"179513{n}000.0") for n in range(3)]
    page = open_as()
    below = page.locator(".messages-side").get_by_test_id("news-below")
    page.get_by_role("log").evaluate(READ_EARLIER)
    expect(below).to_be_hidden()
    fake.messages["D1"].append(samples.said("根拠です", "1795139000.0"))
    fake.push("channel", channel="D1")
    expect(page.get_by_text("根拠です")).not_to_be_in_viewport()
    below.click()
    expect(page.get_by_text("根拠です")).to_be_in_viewport()
    expect(below).to_be_hidden()


def test_whoever_says_something_sees_it_wherever_they_read(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    fake.messages["D1"] = [samples.said("行\n" * 30, f"179513{n}000.0") for n in range(3)]
    page = open_as()
    page.get_by_role("log").evaluate(READ_EARLIER)
    fake.messages["D1"].append(samples.said("わたしの一言", "1795139000.0"))
    page.get_by_test_id("composer").fill("わたしの一言")
    page.get_by_test_id("composer").press("Enter")
    expect(page.get_by_test_id("message").get_by_text("わたしの一言")).to_be_in_viewport()

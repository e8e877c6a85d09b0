"""The message box: lines, slash commands, files, shortcuts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.page import samples
from tests.page.fake import FakeSandbox

pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]

OpenAs = Callable[..., Page]

DROP = """([node, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/csv" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    node.dispatchEvent(
      new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  }
}"""


def test_enter_sends_the_line_and_empties_the_box(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as()
    box = page.get_by_test_id("composer")
    box.fill("/health アクメ")
    box.press("Enter")
    sent = fake.take("message")[0]
    assert sent == {"as": "U1", "channel": "D1", "text": "/health アクメ"}
    expect(box).to_have_value("")


def test_nobody_can_write_before_the_place_is_known(fake: FakeSandbox, page: Page) -> None:
    held: list[Route] = []
    page.route("**/api/workspace", lambda route: held.append(route))
    page.goto(f"{fake.url}/?as=U1&channel=D1&tab=", wait_until="commit")
    while not held:
        page.wait_for_timeout(10)
    box = page.get_by_test_id("composer")
    assert (box.count(), box.is_visible()) == (1, False)
    held[0].continue_()
    page.unroute("**/api/workspace")
    box.fill("おはよう")
    box.press("Enter")
    assert fake.take("message")[0]["text"] == "おはよう"


def test_a_broken_stream_leaves_what_is_being_written(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as()
    box = page.get_by_test_id("composer")
    box.press_sequentially("おは")
    fake.workspace["channels"][0]["name"] = "cs-new"
    fake.drop_sockets()
    expect(page.get_by_role("button", name="cs-new")).to_be_visible()
    expect(box).to_be_focused()
    box.press_sequentially("よう")
    expect(box).to_have_value("おはよう")


def test_shift_enter_is_a_new_line(fake: FakeSandbox, open_as: OpenAs) -> None:
    box = open_as().get_by_test_id("composer")
    box.fill("一行目")
    box.press("Shift+Enter")
    box.press_sequentially("二行目")
    expect(box).to_have_value("一行目\n二行目")
    assert fake.bodies("message") == []


def test_enter_that_ends_a_kana_conversion_sends_nothing(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    box = open_as().get_by_test_id("composer")
    box.fill("へるす")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    box.press("End")
    assert fake.bodies("message") == []
    expect(box).to_have_value("へるす")


def test_a_slash_offers_the_apps_commands(open_as: OpenAs) -> None:
    page = open_as()
    page.get_by_test_id("composer").fill("/")
    options = page.get_by_test_id("composer-commands").get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("/health")
    expect(options.first).to_contain_text("[顧客名]")
    page.get_by_test_id("composer").fill("/sa")
    expect(options).to_have_count(1)


def test_arrow_and_enter_complete_a_command(fake: FakeSandbox, open_as: OpenAs) -> None:
    box = open_as().get_by_test_id("composer")
    box.press_sequentially("/")
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("/sakidori ")
    assert fake.bodies("message") == []


def test_a_whole_command_is_sent_by_enter(fake: FakeSandbox, open_as: OpenAs) -> None:
    box = open_as().get_by_test_id("composer")
    box.press_sequentially("/health")
    box.press("Enter")
    assert fake.take("message")[0]["text"] == "/health"


def test_escape_puts_the_command_list_away(open_as: OpenAs) -> None:
    page = open_as()
    page.get_by_test_id("composer").press_sequentially("/h")
    page.get_by_test_id("composer").press("Escape")
    expect(page.get_by_test_id("composer-commands")).to_be_hidden()


def test_a_refused_command_stays_with_its_reason(fake: FakeSandbox, open_as: OpenAs) -> None:
    why = "/helth is not a valid command."
    fake.answer_next("message", {"error": why})
    page = open_as()
    page.get_by_test_id("composer").fill("/helth アクメ")
    page.get_by_test_id("composer").press("Enter")
    expect(page.get_by_test_id("composer-error")).to_have_text(why)
    expect(page.get_by_test_id("composer")).to_have_value("/helth アクメ")


def test_a_server_that_says_no_is_quoted(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.answer_next("message", {"error": "U1 sees no channel D1", "status": 400})
    page = open_as()
    page.get_by_test_id("composer").fill("おはよう")
    page.get_by_test_id("composer").press("Enter")
    expect(page.get_by_test_id("composer-error")).to_have_text("U1 sees no channel D1")


def test_each_channel_keeps_its_own_draft(open_as: OpenAs) -> None:
    page = open_as("U1", "D1")
    box = page.get_by_test_id("composer")
    box.fill("書きかけ")
    page.get_by_test_id("channel-cs-team").click()
    expect(box).to_have_value("")
    expect(box).to_have_attribute("placeholder", "#cs-team へのメッセージ")
    page.locator("[data-channel=D1]").click()
    expect(box).to_have_value("書きかけ")


@pytest.mark.row("X16")
def test_a_file_from_the_paperclip_is_uploaded(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as("U1", "C1")
    file = FilePayload(name="顧客.csv", mimeType="text/csv", buffer="名前\nアクメ\n".encode())
    page.get_by_test_id("file-picker").set_input_files([file])
    sent = fake.take("upload")[0]
    assert sent == {"as": "U1", "channel": "C1", "name": "顧客.csv", "content": "名前\nアクメ\n"}


@pytest.mark.row("X16")
def test_a_dropped_file_is_uploaded(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as("U1", "C1")
    target = page.locator(".messages-side").element_handle()
    page.evaluate(DROP, [target, "usage.csv", "a,b\n1,2\n"])
    assert fake.take("upload")[0]["name"] == "usage.csv"
    expect(page.get_by_test_id("drop-veil")).to_be_hidden()


def test_a_failed_upload_is_told_with_the_files_name(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.answer_next("upload", {"error": "大きすぎます", "status": 413})
    page = open_as("U1", "C1")
    file = FilePayload(name="big.csv", mimeType="text/csv", buffer=b"x")
    page.get_by_test_id("file-picker").set_input_files([file])
    expect(page.get_by_test_id("toast")).to_contain_text("big.csv")
    expect(page.get_by_test_id("toast")).to_contain_text("大きすぎます")


def test_the_lightning_menu_runs_a_global_shortcut(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as()
    page.get_by_test_id("shortcuts").click()
    item = page.get_by_role("menuitem")
    expect(item).to_have_count(1)
    item.click()
    sent = fake.take("shortcut")[0]
    assert sent["callback_id"] == "log_touch"
    assert "ts" not in sent


def test_a_person_without_channels_is_told_so_and_can_send_nothing(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    fake.workspace["channels"] = [samples.channel("C2", "ops", "private", ["U2"])]
    page = open_as("U1", "D1")
    expect(page.get_by_text("参加しているチャンネルはありません。")).to_be_visible()
    expect(page.get_by_test_id("composer")).to_be_hidden()

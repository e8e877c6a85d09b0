"""People at the page with the bot behind it: ask, press, fill in wrong and right, drop a file."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser_stories.conftest import OpenAs
from tests.house import CS, GUEST, OPS, OPS_ROOM, SATO, SHARED, SMITH, WITH_GUEST, House

pytestmark = pytest.mark.browser

EMPTY_BELOW_PX = 60
CHILD_MS = 240_000


def say(page: Page, text: str) -> Locator:
    """Type a line, send it, and wait for what is said to it."""
    messages = page.get_by_test_id("message")
    before = messages.count()
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")
    expect(messages.nth(before)).to_be_visible()
    return messages.last


def newest(page: Page) -> Locator:
    """The lowest message."""
    return page.get_by_test_id("message").last


@pytest.mark.row("E6", "X39")
def test_a_command_shows_the_card_and_nothing_below_it(open_as: OpenAs) -> None:
    page = open_as(SATO)
    card = say(page, "/health アクメ")
    expect(card).to_contain_text("アクメ商事株式会社")
    expect(card).to_contain_text("高リスク")
    expect(card.get_by_test_id("chart")).to_be_visible()
    below = """card => {
      const list = card.closest(".message-list");
      return list.scrollHeight - list.scrollTop - card.getBoundingClientRect().bottom
        + list.getBoundingClientRect().top;
    }"""
    assert card.evaluate(below) < EMPTY_BELOW_PX


@pytest.mark.row("E6")
def test_one_of_several_is_chosen_by_a_button(open_as: OpenAs) -> None:
    page = open_as(SATO)
    several = say(page, "/health 風見")
    expect(several).to_contain_text("「風見」に一致する顧客が2社あります")
    several.get_by_role("button", name="風見運輸").click()
    expect(newest(page)).to_contain_text("ヘルススコア")
    expect(newest(page)).to_contain_text("風見運輸")


@pytest.mark.row("E6", "E7")
def test_an_unknown_name_is_met_with_near_ones(open_as: OpenAs) -> None:
    page = open_as(SATO)
    unknown = say(page, "/health アクネ商事")
    expect(unknown).to_contain_text("「アクネ商事」に一致する顧客が見つかりません")
    expect(unknown.get_by_role("button", name="アクメ商事株式会社")).to_be_visible()


@pytest.mark.row("E14")
def test_a_button_of_the_digest_shows_the_reasons(open_as: OpenAs) -> None:
    page = open_as(SATO)
    digest = page.get_by_test_id("message").first
    expect(digest).to_contain_text("おはようございます、佐藤さん")
    expect(digest).to_contain_text("担当12社")
    digest.get_by_role("button", name="その他の操作").first.click()
    page.get_by_role("menuitem", name="根拠を見る").click()
    expect(newest(page)).to_contain_text("アクメ商事株式会社")


@pytest.mark.row("E7")
def test_the_book_turns_its_page_in_place(open_as: OpenAs) -> None:
    page = open_as(SATO)
    book = say(page, "/health")
    expect(book).to_contain_text("担当12社")
    count = page.get_by_test_id("message").count()
    book.get_by_role("button", name="次へ").click()
    expect(newest(page)).to_contain_text("11〜12社目")
    expect(newest(page).get_by_role("button", name="前へ")).to_be_visible()
    assert page.get_by_test_id("message").count() == count


@pytest.mark.row("B5", "E7")
def test_a_score_by_hand_is_refused_without_its_reason_and_then_kept(open_as: OpenAs) -> None:
    page = open_as(SATO)
    card = say(page, "/health ガンマ食品")
    card.get_by_role("button", name="手応えを付ける").click()
    modal = page.get_by_test_id("modal")
    expect(modal).to_contain_text("ガンマ食品")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error").first).to_be_visible()
    modal.get_by_role("radio", name="高リスク").check()
    modal.get_by_role("textbox").fill("   ")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error")).to_contain_text("理由を入力してください")
    modal.get_by_role("textbox").fill("推進担当者が異動する")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()
    expect(newest(page)).to_contain_text("ガンマ食品の手応えを 🔴 高リスク で記録しました")
    expect(say(page, "/health ガンマ食品")).to_contain_text("「推進担当者が異動する」")


@pytest.mark.row("E7")
def test_an_unmeasured_customer_is_scored_by_one_tap(open_as: OpenAs) -> None:
    page = open_as(SATO)
    card = say(page, "/health シータ社")
    expect(card).to_contain_text("データが足りません")
    card.get_by_role("button", name="良好").click()
    expect(newest(page)).to_contain_text("シータ社の手応えを 🟢 良好 で記録しました")


@pytest.mark.row("E9", "X39")
def test_settings_are_wrong_then_right_and_the_home_tells_them(open_as: OpenAs) -> None:
    page = open_as(SATO, tab="home")
    home = page.get_by_test_id("home")
    home.get_by_role("button", name="設定を変更").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_label("稼働時間の終わり").fill("08:00")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error")).to_contain_text("始まりより後の時刻")
    modal.get_by_label("稼働時間の終わり").fill("17:30")
    modal.get_by_label("ダイジェストの時刻").fill("09:15")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()
    expect(home).to_contain_text("09:00〜17:30")
    expect(home).to_contain_text("09:15")


@pytest.mark.row("E9", "E25")
def test_a_digest_may_go_to_the_team_and_not_where_outsiders_read(
    house: House, open_as: OpenAs
) -> None:
    page = open_as(SATO, tab="home")
    house.rest()
    home = page.get_by_test_id("home")
    modal = page.get_by_test_id("modal")
    open_settings(page)
    choose_channel(page, "visit")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error")).to_contain_text("ゲスト")
    expect(offered_channels(page)).to_have_text(["# cs", "# visit"])
    choose_channel(page, "cs")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()
    expect(home).to_contain_text("#cs")


def open_settings(page: Page) -> None:
    """Press, and wait until the form is filled."""
    page.get_by_test_id("home").get_by_role("button", name="設定を変更").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_role("combobox", name="ダイジェストの送り先").wait_for()


def offered_channels(page: Page) -> Locator:
    """The channels the settings form offers for the digest."""
    box = page.get_by_test_id("modal").get_by_role("combobox", name="ダイジェストの送り先")
    box.fill("")
    return page.get_by_test_id("choices").get_by_role("option")


def choose_channel(page: Page, name: str) -> None:
    """Pick the digest's channel in the settings form by typing the start of its name."""
    box = page.get_by_test_id("modal").get_by_role("combobox", name="ダイジェストの送り先")
    box.fill(name)
    page.get_by_test_id("choices").get_by_role("option", name=name).first.click()


@pytest.mark.row("E6", "E9")
def test_the_home_finds_a_customer_by_a_piece_of_the_name(house: House, open_as: OpenAs) -> None:
    page = open_as(SATO, tab="home")
    box = page.get_by_test_id("home").get_by_role("combobox", name="顧客を探す")
    box.press_sequentially("ぜー")
    # The home is published anew meanwhile.
    house.visitor.opens_home(SATO)
    house.rest()
    box.press_sequentially("た")
    expect(box).to_have_value("ぜーた")
    page.get_by_test_id("choices").get_by_role("option", name="ゼータ工業").click()
    page.get_by_test_id("tab-messages").click()
    expect(newest(page)).to_contain_text("ゼータ工業")


@pytest.mark.row("E15", "X39")
def test_the_page_and_the_bot_change_their_language(open_as: OpenAs) -> None:
    page = open_as(SMITH)
    expect(say(page, "/health ゼータ")).to_contain_text("Healthy")
    page.get_by_test_id("language-switcher").select_option("ja-JP")
    expect(page.get_by_test_id("tab-messages")).to_have_text("メッセージ")
    expect(say(page, "/sakidori language ja")).to_contain_text("日本語")
    expect(say(page, "/health ゼータ")).to_contain_text("良好")
    page.get_by_test_id("language-switcher").select_option("en-US")
    expect(page.get_by_test_id("tab-messages")).to_have_text("Messages")
    expect(say(page, "/sakidori language en")).to_contain_text("English")
    told = say(page, "/sakidori")
    expect(told).to_contain_text("How to use Sakidori")


@pytest.mark.row("E24", "E25")
def test_a_guest_is_refused_and_nobody_else_sees_it(open_as: OpenAs) -> None:
    page = open_as(GUEST, WITH_GUEST)
    refused = say(page, "/health アクメ")
    expect(refused).to_contain_text("ゲストや社外の方はご利用いただけません")
    expect(refused).to_contain_text("あなただけに表示されています")
    expect(page.locator("body")).not_to_contain_text("アクメ商事")


@pytest.mark.row("E24", "E25")
def test_a_shared_channel_learns_nothing_of_a_customer(house: House, open_as: OpenAs) -> None:
    page = open_as(SATO, SHARED)
    card = say(page, "/health アクメ")
    expect(card).to_contain_text("あなただけに表示されています")
    for _ in range(2):
        house.rest()
    everybody = [one for one in house.visitor.messages(OPS, CS) if "アクメ商事" in str(one)]
    shared = house.sandbox.slack.world.messages.all(SHARED)
    assert everybody == []
    assert all(one.ephemeral_for for one in shared if "アクメ" in str(one.blocks))


@pytest.mark.slow
@pytest.mark.row("A30", "E26", "X39")
def test_a_file_dropped_is_reported_asked_about_and_taken_in(
    open_as: OpenAs, tmp_path: Path
) -> None:
    page = open_as(OPS, OPS_ROOM)
    page.get_by_test_id("file-picker").set_input_files(write_contracts(tmp_path))
    report = page.get_by_test_id("message").filter(has_text="契約更新.xlsx").last
    expect(report).to_contain_text("何も保存されません", timeout=CHILD_MS)
    answer = report.get_by_role("combobox").first
    answer.click()
    page.get_by_test_id("choices").get_by_role("option", name="千円").click()
    report.get_by_role("button", name="取り込む").click(timeout=CHILD_MS)
    expect(report).to_contain_text("取り込み済み", timeout=CHILD_MS)
    report.get_by_role("button", name="取り込めない行をダウンロード").click()
    page.get_by_test_id("channel-bot").click()
    expect(newest(page)).to_contain_text("取り込めない行", timeout=CHILD_MS)


def write_contracts(folder: Path) -> Path:
    """Two contracts with an amount in no unit, and a day that does not exist."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["顧客ID", "契約番号", "契約開始日", "更新日", "ARR(税抜)"])
    sheet.append(["C-02", "K-1", "2026-02-12", "2027-02-12", 6200])
    sheet.append(["C-03", "K-2", "2026-04-28", "2027-04-31", 1800])
    path = folder / "契約更新.xlsx"
    book.save(path)
    return path

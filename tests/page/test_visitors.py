"""What a visitor does around the workspace: person, language, next day, Home, hint, phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.page import samples
from tests.page.fake import FakeSandbox

pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]

OpenAs = Callable[..., Page]


def test_everybody_can_be_chosen_but_the_robot(open_as: OpenAs) -> None:
    options = open_as().get_by_test_id("person-switcher").locator("option")
    expect(options).to_have_text(["佐藤 彩 — CSM", "Anna Miller — Lead", "外部 花子 — ゲスト"])


def test_another_person_sees_their_own_channels_in_their_language(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    page = open_as("U1", "D1")
    expect(page.get_by_test_id("channel-ops")).to_have_count(0)
    page.get_by_test_id("person-switcher").select_option("U2")
    expect(page.get_by_test_id("channel-ops")).to_be_visible()
    expect(page.get_by_role("heading", name="Channels")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("?as=U2&channel=D2")


def test_a_guest_sees_only_the_shared_channel_with_its_warning(open_as: OpenAs) -> None:
    page = open_as("U9", "C3")
    expect(page.locator(".channel-row")).to_have_count(1)
    expect(page.locator(".channel-head")).to_contain_text("社外の方が参加しています")


def test_another_language_is_told_to_the_sandbox_and_shown(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    fake.messages["D1"] = [samples.said("おはよう", edited=True)]
    page = open_as()
    expect(page.get_by_test_id("next-day")).to_contain_text("次の日へ")
    page.get_by_test_id("language-switcher").select_option("en-US")
    expect(page.get_by_test_id("next-day")).to_contain_text("Next day")
    expect(page.get_by_test_id("message")).to_contain_text("(edited)")
    assert fake.take("language")[0] == {"as": "U1", "locale": "en-US"}


def test_the_date_is_the_sandboxs_not_the_computers(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.workspace["now"] = "2028-02-29T08:30:00+09:00"
    expect(open_as().get_by_test_id("today")).to_have_text("2028年2月29日(火)")


def test_the_next_day_shows_its_progress_and_then_the_new_date(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    page = open_as()
    steps = [{"kind": "file", "name": "usage_2026-11-20.csv"}]
    # Only the press starts it: a day already running would hold the button shut.
    fake.answer_next("next-day", {"then_progress": {"running": True, "steps": steps}})
    page.get_by_test_id("next-day").click()
    button = page.get_by_test_id("next-day")
    expect(button).to_contain_text("usage_2026-11-20.csv")
    expect(button).to_be_disabled()
    fake.workspace["now"] = "2026-11-24T08:30:00+09:00"
    fake.messages["D1"] = [samples.digest()]
    fake.progress = {"running": False, "steps": steps}
    expect(page.get_by_test_id("today")).to_have_text("2026年11月24日(火)")
    expect(button).to_be_enabled()
    expect(page.get_by_test_id("message")).to_have_count(1)
    assert fake.take("next-day") == [{}]


def test_a_day_that_failed_says_why(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.answer_next("next-day", {"error": "no next-day address is configured", "status": 409})
    page = open_as()
    page.get_by_test_id("next-day").click()
    expect(page.get_by_test_id("toast")).to_contain_text("no next-day address")
    expect(page.get_by_test_id("next-day")).to_be_enabled()


def test_a_day_somebody_else_started_is_shown_too(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as()
    fake.progress = {"running": True, "steps": [{"kind": "day", "name": "2026-11-24"}]}
    fake.push("progress")
    expect(page.get_by_test_id("next-day")).to_contain_text("2026-11-24")


def test_without_a_next_day_there_is_no_button(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.workspace["has_next_day"] = False
    expect(open_as().get_by_test_id("next-day")).to_have_count(0)


def test_the_home_tab_is_opened_and_drawn(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.home = samples.home(
        samples.section("担当38社", accessory=samples.button("見る", "see_book"))
    )
    page = open_as()
    page.get_by_test_id("tab-home").click()
    expect(page.get_by_test_id("home")).to_contain_text("担当38社")
    expect(page.get_by_test_id("composer")).to_be_hidden()
    assert fake.take("open-home")[0] == {"as": "U1"}
    page.get_by_role("button", name="見る", exact=True).click()
    assert fake.take("action")[0]["container"] == {"kind": "home", "view_id": "H1"}


def test_the_tabs_are_moved_by_arrow_keys(open_as: OpenAs) -> None:
    page = open_as()
    page.get_by_test_id("tab-messages").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("tab-home")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_test_id("tab-home")).to_be_focused()


def test_a_newcomer_gets_a_hint_once(fake: FakeSandbox, newcomer: Page) -> None:
    newcomer.goto(f"{fake.url}/?as=U1&channel=D1")
    hint = newcomer.get_by_test_id("hint")
    expect(hint.get_by_role("listitem")).to_have_count(3)
    expect(hint).to_contain_text("/health")
    hint.get_by_role("button", name="ヒントを閉じる").click()
    expect(hint).to_be_hidden()
    newcomer.reload()
    newcomer.get_by_test_id("composer").wait_for()
    expect(hint).to_be_hidden()


def test_a_lost_connection_comes_back_and_catches_up(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as()
    fake.messages["D1"] = [samples.digest()]
    fake.drop_sockets()
    expect(page.get_by_test_id("message")).to_have_count(1)
    fake.wait_for(lambda: bool(fake.sockets))
    expect(page.locator(".offline")).to_have_count(0)


def test_a_link_leads_back_to_the_same_place(fake: FakeSandbox, open_as: OpenAs) -> None:
    page = open_as("U2", "C1")
    page.get_by_test_id("channel-ops").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ops")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ops")
    expect(page.get_by_test_id("person-switcher")).to_have_value("U2")


def test_on_a_phone_nothing_is_wider_than_the_screen(fake: FakeSandbox, phone: Page) -> None:
    fake.messages["D1"] = [samples.digest(), samples.said("長い" * 300)]
    phone.goto(f"{fake.url}/?as=U1&channel=D1")
    expect(phone.get_by_test_id("message")).to_have_count(2)
    expect(phone.locator(".offline")).to_have_count(0)
    for name in ("composer", "next-day", "person-switcher", "language-switcher"):
        box = phone.get_by_test_id(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_rail_is_a_drawer(fake: FakeSandbox, phone: Page) -> None:
    phone.goto(f"{fake.url}/?as=U1&channel=D1")
    expect(phone.get_by_test_id("channel-cs-team")).to_be_hidden()
    phone.get_by_role("button", name="チャンネル一覧を開く").click()
    phone.get_by_test_id("channel-cs-team").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("cs-team")
    expect(phone.get_by_test_id("channel-cs-team")).to_be_hidden()

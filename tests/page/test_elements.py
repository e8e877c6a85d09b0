"""Every element: what it shows, what it sends, what it puts into a form."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.page import samples
from tests.page.fake import FakeSandbox

pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]

OpenAs = Callable[..., Page]
Json = dict[str, Any]

OPTIONS = [samples.option(text, text) for text in ("良好", "中リスク", "高リスク")]
CONFIRM = {
    "title": samples.plain("誤検知にしますか"),
    "text": samples.mrkdwn("*アクメ商事* を閉じます"),
    "confirm": samples.plain("閉じる"),
    "deny": samples.plain("やめる"),
}

# Letter by letter and without a pause, however slow the machine.
TYPE = """(box, text) => {
  for (let end = 1; end <= text.length; end += 1) {
    box.value = text.slice(0, end);
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}"""


def put(fake: FakeSandbox, *elements: Json) -> None:
    fake.messages["D1"] = [samples.message(blocks=[samples.actions(*elements)])]


def sent(fake: FakeSandbox) -> Json:
    action: Json = fake.take("action")[0]["action"]
    return action


def test_a_confirmed_button_is_sent_only_after_yes(fake: FakeSandbox, open_as: OpenAs) -> None:
    put(fake, samples.button("誤検知", "false_alarm", confirm=CONFIRM))
    page = open_as()
    page.get_by_role("button", name="誤検知").click()
    page.get_by_role("dialog").get_by_role("button", name="やめる").click()
    assert fake.bodies("action") == []
    page.get_by_role("button", name="誤検知").click()
    expect(page.get_by_test_id("confirm")).to_contain_text("アクメ商事 を閉じます")
    page.get_by_role("dialog").get_by_role("button", name="閉じる").click()
    assert sent(fake)["action_id"] == "false_alarm"


def test_a_link_button_opens_only_web_addresses(fake: FakeSandbox, open_as: OpenAs) -> None:
    evil = samples.button("押すな", "evil", url="javascript:window.hit=1")
    put(fake, evil)
    page = open_as()
    page.get_by_role("button", name="押すな").click()
    assert sent(fake)["action_id"] == "evil"
    assert page.evaluate("() => window.hit") is None


def test_an_accessibility_label_is_the_buttons_name(fake: FakeSandbox, open_as: OpenAs) -> None:
    put(fake, samples.button("完了", "done", accessibility_label="ベータ物流の資料を完了にする"))
    page = open_as()
    expect(page.get_by_role("button", name="ベータ物流の資料を完了にする")).to_be_visible()


def test_an_overflow_menu_is_worked_by_keyboard(fake: FakeSandbox, open_as: OpenAs) -> None:
    put(fake, {"type": "overflow", "action_id": "menu", "options": OPTIONS})
    page = open_as()
    page.get_by_role("button", name="その他の操作").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert sent(fake)["selected_option"]["value"] == "中リスク"


def test_escape_leaves_a_menu_without_choosing(fake: FakeSandbox, open_as: OpenAs) -> None:
    put(fake, {"type": "overflow", "action_id": "menu", "options": OPTIONS})
    page = open_as()
    page.get_by_role("button", name="その他の操作").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem")).to_have_count(0)
    assert fake.bodies("action") == []


def test_a_select_in_a_message_sends_its_choice(fake: FakeSandbox, open_as: OpenAs) -> None:
    put(
        fake,
        {
            "type": "static_select",
            "action_id": "band",
            "placeholder": samples.plain("状態"),
            "options": OPTIONS,
        },
    )
    page = open_as()
    page.get_by_role("combobox", name="状態").click()
    page.get_by_role("option", name="高リスク").click()
    action = sent(fake)
    assert action["type"] == "static_select"
    assert action["selected_option"] == OPTIONS[2]


def test_typing_narrows_a_select_whatever_the_width(fake: FakeSandbox, open_as: OpenAs) -> None:
    wide = [samples.option("ABC商事", "abc"), samples.option("ゼータ工業", "zeta")]
    put(
        fake,
        {
            "type": "static_select",
            "action_id": "pick",
            "placeholder": samples.plain("顧客"),
            "option_groups": [{"label": samples.plain("全部"), "options": wide}],
        },
    )
    page = open_as()
    page.get_by_role("combobox", name="顧客").click()
    page.get_by_role("combobox", name="顧客").fill("ab")
    expect(page.get_by_test_id("choices").get_by_role("option")).to_have_text(["ABC商事"])
    page.get_by_role("combobox", name="顧客").fill("ない")
    expect(page.get_by_text("一致する項目がありません")).to_be_visible()


def test_type_ahead_asks_once_after_the_person_pauses(fake: FakeSandbox, open_as: OpenAs) -> None:
    put(
        fake,
        {
            "type": "external_select",
            "action_id": "account",
            "min_query_length": 2,
            "placeholder": samples.plain("顧客"),
        },
    )
    fake.answer_next("suggest", {"options": [samples.option("アクメ商事", "A1")]})
    page = open_as()
    box = page.get_by_role("combobox", name="顧客")
    box.click()
    expect(page.get_by_text("あと2文字入力してください")).to_be_visible()
    box.evaluate(TYPE, "アクメ")
    page.get_by_role("option", name="アクメ商事").click()
    asked = fake.take("suggest")
    assert asked[0]["value"] == "アクメ"
    assert (asked[0]["block_id"], asked[0]["action_id"]) == ("row", "account")
    assert sent(fake)["selected_option"]["value"] == "A1"


def test_grouped_suggestions_show_their_labels(fake: FakeSandbox, open_as: OpenAs) -> None:
    element = {"type": "external_select", "action_id": "a", "min_query_length": 0}
    put(fake, element | {"placeholder": samples.plain("顧客")})
    group = {"label": samples.plain("自分の担当"), "options": OPTIONS[:1]}
    fake.answer_next("suggest", {"option_groups": [group]})
    page = open_as()
    page.get_by_role("combobox", name="顧客").click()
    expect(page.get_by_text("自分の担当")).to_be_visible()
    expect(page.get_by_test_id("choices").get_by_role("option")).to_have_count(1)


def test_a_refused_confirmation_keeps_the_old_choice(fake: FakeSandbox, open_as: OpenAs) -> None:
    put(
        fake,
        {
            "type": "static_select",
            "action_id": "band",
            "options": OPTIONS,
            "initial_option": OPTIONS[0],
            "confirm": CONFIRM,
            "placeholder": samples.plain("状態"),
        },
    )
    page = open_as()
    page.get_by_role("combobox", name="状態").click()
    page.get_by_role("option", name="高リスク").click()
    page.get_by_role("dialog").get_by_role("button", name="やめる").click()
    expect(page.get_by_role("combobox", name="状態")).to_have_value("良好")
    assert fake.bodies("action") == []


def test_people_and_places_are_chosen_from_the_workspace(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    fake.home = samples.home(
        samples.input_block("who", "担当者", {"type": "users_select"}, dispatch_action=True),
        samples.input_block("where", "送り先", {"type": "conversations_select"}),
    )
    page = open_as(tab="home")
    page.get_by_role("combobox", name="担当者").click()
    expect(page.get_by_test_id("choices").get_by_role("option")).to_have_count(3)
    page.get_by_test_id("choices").get_by_role("option", name="Anna Miller").click()
    assert sent(fake)["selected_user"] == "U2"
    page.get_by_role("combobox", name="送り先").click()
    expect(page.get_by_role("option", name="# cs-team")).to_be_visible()
    expect(page.get_by_role("option", name="ops")).to_have_count(0)


KINDS: dict[str, Json] = {
    "line": {"type": "plain_text_input"},
    "many": {"type": "plain_text_input", "multiline": True},
    "count": {"type": "number_input", "is_decimal_allowed": False},
    "mail": {"type": "email_text_input"},
    "site": {"type": "url_text_input"},
    "day": {"type": "datepicker"},
    "hour": {"type": "timepicker"},
    "ticks": {"type": "checkboxes", "options": OPTIONS},
    "one": {"type": "radio_buttons", "options": OPTIONS},
    "some": {"type": "multi_static_select", "options": OPTIONS},
    "people": {"type": "multi_users_select"},
}


def test_every_input_reaches_the_form_in_slacks_shape(fake: FakeSandbox, open_as: OpenAs) -> None:
    fake.stack = [
        samples.modal(*(samples.input_block(name, name, kind) for name, kind in KINDS.items()))
    ]
    page = open_as()
    modal = page.get_by_test_id("modal")
    texts = {"line": "一", "many": "二\n三", "count": "4", "mail": "a@example.com"}
    texts |= {"site": "https://example.com", "day": "2026-12-04", "hour": "08:30"}
    for name, text in texts.items():
        modal.get_by_label(name, exact=True).fill(text)
    modal.get_by_role("group", name="ticks").get_by_label("高リスク").check()
    modal.get_by_role("radiogroup", name="one").get_by_label("良好").check()
    for name, choice in (("some", "良好"), ("some", "中リスク"), ("people", "佐藤 彩")):
        modal.get_by_role("combobox", name=name).click()
        modal.get_by_role("option", name=choice).click()
    modal.get_by_test_id("modal-submit").click()
    state = fake.take("submit")[0]["state"]
    got = {name: state[name][f"{name}_a"] for name in KINDS}
    assert {name: entry["type"] for name, entry in got.items()} == {
        name: kind["type"] for name, kind in KINDS.items()
    }
    assert got["many"]["value"] == "二\n三"
    assert got["count"]["value"] == "4"
    assert got["day"]["selected_date"] == "2026-12-04"
    assert got["hour"]["selected_time"] == "08:30"
    assert [each["value"] for each in got["ticks"]["selected_options"]] == ["高リスク"]
    assert got["one"]["selected_option"]["value"] == "良好"
    assert [each["value"] for each in got["some"]["selected_options"]] == ["良好", "中リスク"]
    assert got["people"]["selected_users"] == ["U1"]


@pytest.mark.parametrize(
    ("element", "wrong", "sentence"),
    [
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "整数"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "9"}, "10", "9以下"),
        ({"type": "email_text_input"}, "a@b", "メールアドレス"),
        ({"type": "url_text_input"}, "example", "URL"),
        ({"type": "plain_text_input", "min_length": 3}, "短", "3文字以上"),
    ],
)
def test_what_cannot_be_right_is_said_before_it_is_sent(
    fake: FakeSandbox, open_as: OpenAs, element: Json, wrong: str, sentence: str
) -> None:
    fake.stack = [samples.modal(samples.input_block("f", "項目", element))]
    modal = open_as().get_by_test_id("modal")
    modal.get_by_label("項目").fill(wrong)
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error")).to_contain_text(sentence)
    assert fake.bodies("submit") == []

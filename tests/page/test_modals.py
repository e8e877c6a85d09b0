"""Forms: wrong and then right, stacked, updated while somebody types, closed."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page import samples
from tests.page.fake import FakeSandbox

pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]

OpenAs = Callable[..., Page]
Json = dict[str, Any]

RESULT = {
    "type": "static_select",
    "options": [samples.option("返信待ち", "wait"), samples.option("連絡つかず", "none")],
}


def note_modal(**more: Any) -> Json:
    return samples.modal(
        samples.text_input("note", "所感"), samples.input_block("result", "結果", RESULT), **more
    )


@pytest.fixture
def show(fake: FakeSandbox, open_as: OpenAs) -> Callable[..., Locator]:
    """Open the page as a person with these forms in front of them."""

    def show_stack(*stack: Json, user: str = "U1") -> Locator:
        fake.stack = list(stack)
        page = open_as(user, "D1" if user == "U1" else "D2")
        modal = page.get_by_test_id("modal")
        modal.wait_for()
        return modal

    return show_stack


def test_a_form_opens_with_its_title_and_the_first_field_ready(
    show: Callable[..., Locator],
) -> None:
    modal = show(note_modal())
    expect(modal.get_by_role("heading", name="活動を記録")).to_be_visible()
    expect(modal.get_by_label("所感")).to_be_focused()
    expect(modal.get_by_role("button", name="保存")).to_be_visible()


@pytest.mark.parametrize(
    ("user", "sentence"),
    [("U1", "このフィールドは必須です。"), ("U2", "Please complete this required field.")],
)
def test_an_empty_required_field_is_refused_in_the_persons_language(
    fake: FakeSandbox, show: Callable[..., Locator], user: str, sentence: str
) -> None:
    modal = show(note_modal(), user=user)
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error")).to_have_count(2)
    expect(modal.get_by_test_id("field-error").first).to_contain_text(sentence)
    assert fake.bodies("submit") == []


def test_a_form_wrong_and_then_right(fake: FakeSandbox, show: Callable[..., Locator]) -> None:
    modal = show(note_modal())
    fake.answer_next("submit", {"errors": {"note": "10文字以上で書いてください。"}})
    fake.answer_next("submit", {"closed": True, "then_stack": []})
    modal.get_by_label("所感").fill("短い")
    modal.get_by_role("combobox", name="結果").click()
    modal.get_by_role("option", name="連絡つかず").click()
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error")).to_have_text("⚠ 10文字以上で書いてください。")
    expect(modal.get_by_label("所感")).to_have_value("短い")
    modal.get_by_label("所感").fill("次回は推進担当者にも来ていただく")
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()
    last = fake.take("submit", 2)[1]
    assert last["view_id"] == "V1"
    assert last["state"]["note"]["note_a"] == {
        "type": "plain_text_input",
        "value": "次回は推進担当者にも来ていただく",
    }
    assert last["state"]["result"]["result_a"]["selected_option"]["value"] == "none"


def test_while_a_form_is_being_sent_it_cannot_be_sent_again(
    fake: FakeSandbox, show: Callable[..., Locator]
) -> None:
    fake.held.add("submit")
    modal = show(samples.modal(samples.text_input("note", "所感")))
    modal.get_by_label("所感").fill("一度だけ")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("modal-submit")).to_be_disabled()
    modal.get_by_label("所感").press("Enter")
    fake.held.clear()
    expect(modal.get_by_test_id("modal-submit")).to_be_enabled()
    assert len(fake.bodies("submit")) == 1


def test_a_bot_that_did_not_answer_is_told_in_the_form(
    fake: FakeSandbox, show: Callable[..., Locator]
) -> None:
    fake.answer_next("submit", {"error": "We had some trouble connecting. Try again?"})
    modal = show(samples.modal(samples.text_input("note", "所感")))
    modal.get_by_label("所感").fill("残る")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("modal-error")).to_contain_text("trouble connecting")
    expect(modal.get_by_label("所感")).to_have_value("残る")


def test_an_update_while_typing_keeps_what_was_typed(
    fake: FakeSandbox, show: Callable[..., Locator]
) -> None:
    modal = show(note_modal())
    field = modal.get_by_label("所感")
    field.press_sequentially("打ち合わせ")
    field.press("ArrowLeft")
    hint = {"hint": samples.plain("一行で結構です")}
    fake.stack = [note_modal()]
    fake.stack[0]["blocks"][0] |= hint
    fake.stack[0]["blocks"].insert(0, samples.section("新しい行", "new"))
    fake.push("modal")
    expect(modal).to_contain_text("一行で結構です")
    expect(field).to_have_value("打ち合わせ")
    expect(field).to_be_focused()
    field.press_sequentially("中")
    expect(field).to_have_value("打ち合わ中せ")


def test_a_new_action_id_starts_afresh(fake: FakeSandbox, show: Callable[..., Locator]) -> None:
    modal = show(samples.modal(samples.text_input("note", "所感")))
    modal.get_by_label("所感").fill("古い")
    renewed = samples.text_input("note", "所感", action_id="other", initial_value="初期値")
    fake.stack = [samples.modal(renewed)]
    fake.push("modal")
    expect(modal.get_by_label("所感")).to_have_value("初期値")


def test_a_pushed_form_lies_on_top_and_the_one_below_keeps_its_entries(
    fake: FakeSandbox, show: Callable[..., Locator]
) -> None:
    below = samples.modal(samples.text_input("note", "所感"))
    modal = show(below)
    modal.get_by_label("所感").fill("下の値")
    above = samples.modal(samples.text_input("owner", "担当者"), view_id="V2", title="担当を変更")
    fake.stack = [below, above]
    fake.push("modal")
    expect(modal.get_by_role("heading", name="担当を変更")).to_be_visible()
    fake.answer_next("close", {"closed": True, "then_stack": [below]})
    modal.get_by_role("button", name="前の画面に戻る").click()
    expect(modal.get_by_role("heading", name="活動を記録")).to_be_visible()
    expect(modal.get_by_label("所感")).to_have_value("下の値")
    assert fake.take("close")[0] == {"as": "U1", "view_id": "V2"}


def test_escape_closes_the_form_and_gives_the_focus_back(
    fake: FakeSandbox, open_as: OpenAs
) -> None:
    page = open_as()
    page.get_by_test_id("composer").focus()
    fake.stack = [note_modal()]
    fake.push("modal")
    page.get_by_test_id("modal").wait_for()
    fake.answer_next("close", {"closed": True, "then_stack": []})
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).to_be_hidden()
    expect(page.get_by_test_id("composer")).to_be_focused()
    assert fake.take("close")[0]["view_id"] == "V1"


def test_escape_in_an_open_list_closes_only_the_list(
    fake: FakeSandbox, show: Callable[..., Locator]
) -> None:
    modal = show(note_modal())
    box = modal.get_by_role("combobox", name="結果")
    box.click()
    expect(modal.get_by_role("option")).to_have_count(2)
    box.press("Escape")
    expect(modal.get_by_role("option")).to_have_count(0)
    expect(modal).to_be_visible()
    assert fake.bodies("close") == []


def test_the_cross_closes_the_whole_stack(fake: FakeSandbox, show: Callable[..., Locator]) -> None:
    modal = show(note_modal(), note_modal(view_id="V2"))
    fake.answer_next("close", {"closed": True, "then_stack": []})
    modal.get_by_test_id("modal-close").click()
    expect(modal).to_be_hidden()
    assert fake.take("close")[0] == {"as": "U1", "view_id": "V2", "all": True}


def test_the_focus_stays_inside_an_open_form(show: Callable[..., Locator]) -> None:
    modal = show(note_modal())
    for _ in range(8):
        modal.page.keyboard.press("Tab")
        inside = "() => !document.activeElement || document.activeElement === document.body ||"
        held = modal.page.evaluate(f"{inside} !!document.activeElement.closest('dialog')")
        assert held


def test_a_form_without_inputs_has_only_its_close_button(show: Callable[..., Locator]) -> None:
    view = samples.modal(samples.section("取り込みました"))
    del view["submit"]
    modal = show(view)
    expect(modal.get_by_test_id("modal-submit")).to_have_count(0)
    expect(modal.get_by_role("button", name="やめる")).to_be_visible()

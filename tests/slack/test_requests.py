"""What Slack sends, read: free text from people, every kind of element, envelopes that repeat."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ask import Field
from bot.registry import whole
from bot.slack.requests import (
    find_word,
    is_for_us,
    meaning_of,
    read_action,
    read_command,
    read_event,
    read_shortcut,
    read_submission,
    value_of,
)

Body = dict[str, Any]

TEXT = st.text(max_size=200)
PLACES = st.sampled_from(["C0CS", "D0SATO", "G0OPS"])


def escaped(text: str) -> str:
    """As Slack sends what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def command(slash: str, text: str) -> Body:
    return {
        "team_id": "T1",
        "command": slash,
        "text": escaped(text),
        "channel_id": "C0CS",
        "channel_name": "cs",
        "user_id": "U0SATO",
    }


def message(text: str, **more: Any) -> Body:
    event = {"type": "message", "channel": "D0SATO", "channel_type": "im", "ts": "1.2"}
    return {"team_id": "T1", "event": event | {"user": "U0SATO", "text": escaped(text)} | more}


def submission(state: Body, metadata: str = "{}") -> Body:
    blocks = [{"type": "section", "block_id": "told"}, {"type": "input", "block_id": "why"}]
    view = {"callback_id": "score", "private_metadata": metadata, "state": state, "blocks": blocks}
    return {"team": {"id": "T1"}, "user": {"id": "U0SATO"}, "view": view}


@given(TEXT)
def test_what_follows_a_command_arrives_as_it_was_typed(text: str) -> None:
    request = read_command(command("/health", text), whole())
    assert (request.key, request.text) == ("health", text.strip())


@given(TEXT)
def test_any_line_to_sakidori_is_a_known_command_or_a_question_for_help(text: str) -> None:
    request = read_command(command("/sakidori", text), whole())
    assert whole().find("command", request.key)
    if request.key == "help":
        assert request.text in text


@pytest.mark.parametrize("typed", ["health アクメ", "HEALTH　アクメ", "ｈｅａｌｔｈ\nアクメ"])
def test_a_japanese_keyboard_finds_the_same_command(typed: str) -> None:
    assert find_word(whole(), "sakidori", typed) == ("health", "アクメ")


def test_a_prefix_of_the_workspace_is_taken_off_the_command() -> None:
    request = read_command(command("/test-health", "アクメ"), whole(), prefix="test-")
    assert (request.key, request.text) == ("health", "アクメ")


@pytest.mark.parametrize(
    ("element", "held"),
    [
        ({"value": "理由"}, Field("理由")),
        ({"value": ""}, Field("")),
        ({"value": None}, Field()),
        ({"selected_option": {"value": "red"}}, Field("red")),
        ({"selected_option": None}, Field()),
        ({"selected_options": []}, Field("", ())),
        ({"selected_options": [{"value": "a"}, {"value": "b"}]}, Field("a,b", ("a", "b"))),
        ({"selected_date": "2027-02-28"}, Field("2027-02-28")),
        ({"selected_time": "08:30"}, Field("08:30")),
        ({"selected_user": "U0SATO"}, Field("U0SATO")),
        ({"selected_channel": "C0CS"}, Field("C0CS")),
        ({"selected_conversation": None}, Field()),
        ({"selected_date_time": 1_795_000_000}, Field("1795000000")),
        ({"files": [{"id": "F1"}, {"id": "F2"}]}, Field(None, (), ("F1", "F2"))),
        ({"type": "something_new"}, Field()),
    ],
)
def test_every_kind_of_element_is_read(element: Body, held: Field) -> None:
    assert value_of(element) == held


@given(st.dictionaries(st.text(min_size=1, max_size=20), TEXT, max_size=5))
def test_a_form_is_read_block_by_block(entered: dict[str, str]) -> None:
    values = {block: {"any": {"value": text}} for block, text in entered.items()}
    request = read_submission(submission({"values": values}))
    assert {block: held.value for block, held in request.fields.items()} == entered
    assert request.first_field == "why"


@given(TEXT)
def test_metadata_that_is_not_ours_carries_nothing(metadata: str) -> None:
    carried = read_submission(submission({}, metadata)).carried
    assert all(isinstance(each, str) for pair in carried.items() for each in pair)


def test_a_form_carries_what_it_was_opened_with() -> None:
    assert read_submission(submission({}, '{"account": 7}')).carried == {"account": "7"}


@given(TEXT, PLACES, st.integers(1, 3))
def test_a_delivery_that_comes_again_means_the_same(text: str, place: str, attempt: int) -> None:
    first = message(text, channel=place)
    again = {**message(text, channel=place), "event_id": f"Ev{attempt}", "retry": attempt}
    assert meaning_of(first) == meaning_of(again)


def test_two_messages_of_one_person_mean_two_things() -> None:
    assert meaning_of(message("同じ", ts="1.2")) != meaning_of(message("同じ", ts="1.3"))


@pytest.mark.parametrize(
    ("more", "is_ours"),
    [
        ({}, True),
        ({"subtype": "message_changed"}, False),
        ({"bot_id": "B1"}, False),
        ({"channel_type": "channel"}, False),
        ({"user": None, "type": "app_home_opened"}, True),
    ],
)
def test_only_a_persons_own_words_to_the_bot_are_kept(more: Body, is_ours: bool) -> None:
    assert is_for_us(message("アクメ", **more)) is is_ours


@given(TEXT)
def test_a_message_is_read_as_it_was_typed(text: str) -> None:
    request = read_event(message(text))
    assert (request.text, request.where.kind, request.where.is_direct) == (text.strip(), "im", True)


def test_in_a_shared_channel_ours_is_the_team_that_installed_us() -> None:
    body = message("アクメ") | {
        "team_id": "T0THEIRS",
        "authorizations": [{"team_id": "T1", "enterprise_id": None}],
        "is_ext_shared_channel": True,
    }
    request = read_event(body)
    assert (request.team, request.where.is_shared_outside) == (("", "T1"), True)


def pressed(action: Body, **more: Any) -> Body:
    return {"team": {"id": "T1"}, "user": {"id": "U0SATO"}, "actions": [action], **more}


@pytest.mark.parametrize(
    ("action", "key", "value"),
    [
        ({"action_id": "score_now#2", "value": "7:red"}, "score_now", "7:red"),
        ({"action_id": "more", "selected_option": {"value": "why#7"}}, "why", "7"),
        ({"action_id": "card"}, "card", ""),
    ],
)
def test_a_press_names_its_deed(action: Body, key: str, value: str) -> None:
    request = read_action(pressed(action, channel={"id": "C0CS"}), whole())
    assert (request.key, request.value, request.where.kind) == (key, value, "public")


def test_the_button_of_a_name_gives_the_command_again() -> None:
    action = {"action_id": "say_again#1", "value": "health アクメ商事"}
    request = read_action(pressed(action, channel={"id": "D0SATO"}), whole())
    assert (request.kind, request.key, request.text) == ("command", "health", "アクメ商事")


@given(TEXT)
def test_a_shortcut_of_a_message_brings_its_text(text: str) -> None:
    body = pressed({}, callback_id="log", message={"text": escaped(text), "ts": "1.2"})
    assert read_shortcut(body | {"channel": {"id": "C0CS"}}).text == text

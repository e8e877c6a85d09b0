"""Every kind of element as a person uses it: in messages, homes and forms."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.webhook import WebhookClient

from sandbox.delivery.tickets import new_trigger
from sandbox.server import SandboxServer
from tests.sandbox.parts import options, plain
from tests.sandbox.town import Json, actions, behind, button, client, entry, form, section


@pytest.fixture
def heard() -> list[Json]:
    return []


@pytest.fixture
def listening(slack: SandboxServer, heard: list[Json]) -> Iterator[SandboxServer]:
    def keep(ack: Any, body: Json) -> None:
        ack()
        heard.append(body)

    def prepare(app: App) -> None:
        app.action("go")(keep)
        app.view("touch")(keep)
        app.view_closed("touch")(keep)

    with behind(slack, prepare):
        yield slack


USES = [
    ({"type": "static_select", "options": options(3)}, "Option 1", ("selected_option", "v1")),
    ({"type": "overflow", "options": options(2)}, "v1", ("selected_option", "v1")),
    ({"type": "radio_buttons", "options": options(2)}, "Option 0", ("selected_option", "v0")),
    ({"type": "datepicker"}, "2028-02-29", ("selected_date", "2028-02-29")),
    ({"type": "timepicker"}, "08:30", ("selected_time", "08:30")),
    ({"type": "users_select"}, "U2", ("selected_user", "U2")),
    ({"type": "channels_select"}, "C1", ("selected_channel", "C1")),
    ({"type": "conversations_select"}, "C1", ("selected_conversation", "C1")),
    (
        {
            "type": "static_select",
            "option_groups": [{"label": plain("G"), "options": options(2)}],
        },
        "v1",
        ("selected_option", "v1"),
    ),
]


@pytest.mark.parametrize(("element", "choose", "expected"), USES)
def test_a_choice_in_a_message_arrives_in_slacks_shape(
    listening: SandboxServer,
    heard: list[Json],
    element: Json,
    choose: str,
    expected: tuple[str, str],
) -> None:
    block = section(accessory={**element, "action_id": "go"})
    client(listening).chat_postMessage(channel="C1", text="t", blocks=[block])
    assert listening.visitor.clicks("U1", "C1", "go", choose=choose) == {"ok": True}
    action = heard[0]["actions"][0]
    value = action[expected[0]]
    assert (value["value"] if isinstance(value, dict) else value) == expected[1]
    assert action["type"] == element["type"]


def test_ticks_and_several_people_arrive_as_lists(
    listening: SandboxServer, heard: list[Json]
) -> None:
    ticks = {"type": "checkboxes", "action_id": "go", "options": options(3)}
    ts = client(listening).chat_postMessage(
        channel="C1", text="t", blocks=[section(block_id="s", accessory=ticks)]
    )["ts"]
    chosen = options(3)[:2]
    body = {
        "as": "U1",
        "container": {"kind": "message", "channel": "C1", "ts": ts},
        "action": {"block_id": "s", "action_id": "go", "selected_options": chosen},
    }
    listening.visitor.post("/page/api/action", body)
    assert [each["value"] for each in heard[0]["actions"][0]["selected_options"]] == ["v0", "v1"]
    assert heard[0]["state"]["values"]["s"]["go"]["selected_options"] == chosen


def test_feedback_carries_which_side_was_pressed(
    listening: SandboxServer, heard: list[Json]
) -> None:
    sides = {
        "positive_button": {"text": plain("Good"), "value": "good"},
        "negative_button": {"text": plain("Bad"), "value": "bad"},
    }
    element = {"type": "feedback_buttons", "action_id": "go", **sides}
    blocks = [{"type": "context_actions", "elements": [element]}]
    client(listening).chat_postMessage(channel="C1", text="t", blocks=blocks)
    listening.visitor.clicks("U1", "C1", "go", choose="bad")
    assert heard[0]["actions"][0]["value"] == "bad"


def test_buttons_in_cards_containers_and_attachments_are_found(
    listening: SandboxServer, heard: list[Json]
) -> None:
    card = {"type": "card", "title": {"type": "mrkdwn", "text": "A"}, "actions": [button()]}
    inside = {
        "type": "container",
        "title": plain("More"),
        "child_blocks": [actions(button(text="Inner"))],
    }
    sdk = client(listening)
    sdk.chat_postMessage(channel="C1", text="t", blocks=[card])
    listening.visitor.clicks("U1", "C1", "Go")
    sdk.chat_postMessage(channel="C1", text="t", blocks=[inside])
    listening.visitor.clicks("U1", "C1", "Inner")
    attached = [{"fallback": "t", "blocks": [actions(button(), block_id="att")]}]
    ts = sdk.chat_postMessage(channel="C1", text="t", attachments=attached)["ts"]
    body = {
        "as": "U1",
        "container": {"kind": "message", "channel": "C1", "ts": ts},
        "action": {"block_id": "att", "action_id": "go"},
    }
    listening.visitor.post("/page/api/action", body)
    assert [each["actions"][0]["type"] for each in heard] == ["button"] * 3


def test_a_home_button_comes_with_the_view_and_no_answer_address(
    listening: SandboxServer, heard: list[Json]
) -> None:
    home = {"type": "home", "blocks": [actions(button())], "private_metadata": "page=2"}
    client(listening).views_publish(user_id="U1", view=home)
    listening.visitor.clicks_home("U1", "Go")
    body = heard[0]
    assert body["view"]["private_metadata"] == "page=2"
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
    assert "response_url" not in body
    assert client(listening).views_open(trigger_id=body["trigger_id"], view=form())["ok"]


def opened(slack: SandboxServer, *blocks: Json, **more: Any) -> Json:
    trigger = new_trigger(slack.slack, "U1")
    view = form(*blocks, callback_id="touch", **more)
    answer = client(slack).views_open(trigger_id=trigger, view=view)
    return dict(answer["view"])


def test_a_button_in_a_form_knows_what_is_typed_and_may_push(
    listening: SandboxServer, heard: list[Json]
) -> None:
    why = entry("reason", {"type": "plain_text_input", "action_id": "why"})
    view = opened(listening, why, actions(button()))
    body = {
        "as": "U1",
        "container": {"kind": "modal", "view_id": view["id"]},
        "action": {"block_id": "row", "action_id": "go", "type": "button"},
        "state": {"values": {"reason": {"why": {"type": "plain_text_input", "value": "half"}}}},
    }
    listening.visitor.post("/page/api/action", body)
    assert heard[0]["view"]["state"]["values"]["reason"]["why"]["value"] == "half"
    client(listening).views_push(trigger_id=heard[0]["trigger_id"], view=form(title="On top"))
    assert listening.visitor.modal("U1")["previous_view_id"] == view["id"]


def test_fields_begin_with_what_the_bot_filled_in(
    listening: SandboxServer, heard: list[Json]
) -> None:
    text = {"type": "plain_text_input", "action_id": "why", "initial_value": "as before"}
    menu = {
        "type": "static_select",
        "action_id": "which",
        "options": options(2),
        "initial_option": options(2)[1],
    }
    opened(listening, entry("a", text), entry("b", menu))
    assert listening.visitor.submits("U1") == {"closed": True}
    values = heard[0]["view"]["state"]["values"]
    assert values["a"]["why"]["value"] == "as before"
    assert values["b"]["which"]["selected_option"]["value"] == "v1"


def test_a_form_may_ask_where_to_answer(listening: SandboxServer, heard: list[Json]) -> None:
    where = {"type": "conversations_select", "action_id": "to", "response_url_enabled": True}
    opened(listening, entry("place", where))
    listening.visitor.submits("U1", {"to": "C1"})
    given = heard[0]["response_urls"][0]
    assert (given["channel_id"], given["block_id"]) == ("C1", "place")
    WebhookClient(given["response_url"]).send(text="shared", response_type="in_channel")
    assert listening.visitor.messages("U2", "C1")[-1]["text"] == "shared"


def test_closing_clears_the_stack_where_a_form_says_so(
    listening: SandboxServer, heard: list[Json]
) -> None:
    opened(listening, notify_on_close=True)
    trigger = new_trigger(listening.slack, "U1")
    top = form(callback_id="touch", notify_on_close=True, clear_on_close=True)
    client(listening).views_push(trigger_id=trigger, view=top)
    listening.visitor.closes("U1")
    assert listening.visitor.modal("U1") == {}
    listening.visitor.waits_for(lambda: len(heard) == 2)
    assert {each["is_cleared"] for each in heard} == {True}


def test_a_file_chosen_in_a_form_is_kept_without_a_channel(
    listening: SandboxServer, heard: list[Json], tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b\n")
    kept = listening.visitor.drops("U1", "", path)
    assert kept["ts"] is None
    opened(listening, entry("file", {"type": "file_input", "action_id": "list"}))
    listening.visitor.submits("U1", {"list": [kept["file"]]})
    files = heard[0]["view"]["state"]["values"]["file"]["list"]["files"]
    assert [each["name"] for each in files] == ["list.csv"]

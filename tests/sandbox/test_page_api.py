"""What the page reads and what it may not do; live news; fields checked before they are sent."""

import asyncio
import json
import urllib.request
from typing import Any

import aiohttp
import pytest

from sandbox.delivery.tickets import new_trigger
from sandbox.parts import ElementNotFoundError
from sandbox.server import SandboxServer
from tests.sandbox.town import PATIENCE, actions, button, client, entry, form, section, town


def test_the_workspace_names_people_channels_and_commands_but_no_secret(
    slack: SandboxServer,
) -> None:
    shown = slack.visitor.get("/page/api/workspace")
    people = {each["id"]: each for each in shown["users"]}
    assert people["U3"]["is_guest"] is True
    assert "U4" not in people
    assert shown["app"]["commands"][0]["usage_hint"] == "[account]"
    shared = next(each for each in shown["channels"] if each["id"] == "C3")
    assert (shared["kind"], shared["is_ext_shared"]) == ("public", True)
    for secret in ("xoxb-", "xapp-", "secret-", "client_secret"):
        assert secret not in json.dumps(shown)


@pytest.mark.parametrize(
    ("user", "channel"), [("U1", "G1"), ("U3", "C1"), ("U2", "D1"), ("U1", "C9")]
)
def test_nobody_sees_a_channel_that_is_not_theirs(
    slack: SandboxServer, user: str, channel: str
) -> None:
    with pytest.raises(RuntimeError, match="sees no channel"):
        slack.visitor.messages(user, channel)


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("message", {"as": "U9", "channel": "C1", "text": "x"}, "no such person"),
        ("message", {"as": "U0BOT", "channel": "C1", "text": "x"}, "no such person"),
        ("message", {"as": "U1", "channel": "C1", "text": " "}, "nothing was typed"),
        ("submit", {"as": "U1"}, "no open form"),
        ("action", {"as": "U1"}, "the request lacks 'container'"),
        (
            "action",
            {"as": "U1", "container": {"kind": "home"}, "action": {}},
            "has no home tab",
        ),
        ("shortcut", {"as": "U1", "callback_id": "nothing"}, "no global shortcut nothing"),
    ],
)
def test_what_the_page_should_not_have_sent_is_refused_in_words(
    slack: SandboxServer, path: str, body: dict[str, Any], said: str
) -> None:
    with pytest.raises(RuntimeError, match=said):
        slack.visitor.post(f"/page/api/{path}", body)


def test_the_page_itself_is_served_at_the_root(slack: SandboxServer) -> None:
    with urllib.request.urlopen(slack.url) as response:
        assert response.headers["Content-Type"].startswith("text/html")
        assert b"<script" in response.read()


def test_a_private_answer_in_a_thread_is_seen_only_there(slack: SandboxServer) -> None:
    sdk = client(slack)
    ts = sdk.chat_postMessage(channel="C1", text="parent")["ts"]
    sdk.chat_postEphemeral(channel="C1", user="U1", text="psst", thread_ts=ts)
    assert [each["text"] for each in slack.visitor.messages("U1", "C1")] == ["parent"]
    thread = slack.visitor.thread("U1", "C1", ts)
    assert [each["text"] for each in thread] == ["parent", "psst"]
    assert len(slack.visitor.thread("U2", "C1", ts)) == 1


def test_people_speak_only_where_they_belong(slack: SandboxServer) -> None:
    assert slack.say("U2", "C2", "hi")["error"] == "You are not in this channel."
    assert slack.say("U1", "C4", "hi")["error"] == "This channel has been archived."


def test_nobody_presses_a_button_only_another_sees(slack: SandboxServer) -> None:
    client(slack).chat_postEphemeral(channel="C1", user="U1", text="t", blocks=[actions(button())])
    with pytest.raises(ElementNotFoundError):
        slack.visitor.clicks("U2", "C1", "Go")


def opened(slack: SandboxServer, *blocks: dict[str, Any]) -> None:
    trigger = new_trigger(slack.slack, "U1")
    client(slack).views_open(trigger_id=trigger, view=form(*blocks))


@pytest.mark.parametrize(
    ("element", "value", "said"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "at most 3"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "valid number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5", "least 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "1"}, "1.5", "most 1"),
        ({"type": "email_text_input"}, "nobody", "email"),
        ({"type": "url_text_input"}, "example.com", "URL"),
        ({"type": "datepicker"}, None, "required"),
    ],
)
def test_slack_refuses_a_field_before_the_bot_hears_of_it(
    slack: SandboxServer, element: dict[str, Any], value: Any, said: str
) -> None:
    opened(slack, entry("b", {"action_id": "e", **element}))
    answer = slack.visitor.submits("U1", {"e": value})
    assert said in answer["errors"]["b"]
    assert slack.state()["deliveries"] == []


def test_an_optional_field_may_stay_empty(slack: SandboxServer) -> None:
    opened(slack, entry("b", {"type": "datepicker", "action_id": "e"}, optional=True))
    assert "errors" not in slack.visitor.submits("U1")


def test_what_a_visitor_enters_takes_slacks_shape(slack: SandboxServer) -> None:
    choices = [{"text": {"type": "plain_text", "text": t}, "value": t.lower()} for t in "AB"]
    opened(
        slack,
        entry("when", {"type": "datepicker", "action_id": "day"}, "When"),
        entry("what", {"type": "checkboxes", "action_id": "ticks", "options": choices}, "What"),
        entry("who", {"type": "multi_users_select", "action_id": "people"}, "Who"),
    )
    slack.visitor.submits("U1", {"When": "2026-11-24", "ticks": ["A", "b"], "Who": ["U2"]})
    state = slack.visitor.modal("U1")["state"]["values"]
    assert state["when"]["day"]["selected_date"] == "2026-11-24"
    assert [each["value"] for each in state["what"]["ticks"]["selected_options"]] == ["a", "b"]
    assert state["who"]["people"]["selected_users"] == ["U2"]
    with pytest.raises(ElementNotFoundError, match="does not offer 'C'"):
        slack.visitor.submits("U1", {"ticks": ["C"]})
    with pytest.raises(ElementNotFoundError, match="no 'Where' here"):
        slack.visitor.submits("U1", {"Where": "x"})


def test_a_bot_that_does_not_answer_a_form_leaves_it_open(slack: SandboxServer) -> None:
    opened(slack, entry("b", {"type": "plain_text_input", "action_id": "e"}))
    answer = slack.visitor.submits("U1", {"e": "x"})
    assert answer["reason"] == "dispatch_failed"
    assert slack.visitor.modal("U1")["blocks"][0]["block_id"] == "b"
    slack.visitor.closes("U1")
    assert slack.visitor.modal("U1") == {}


async def test_open_pages_hear_what_changed_for_their_person_only(slack: SandboxServer) -> None:
    address = slack.url.replace("http", "ws") + "/page/ws?as="
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{address}U1") as mine,
        session.ws_connect(f"{address}U3") as guests,
    ):
        await asyncio.to_thread(client(slack).chat_postMessage, channel="C1", text="a")
        home = {"type": "home", "blocks": [section()]}
        await asyncio.to_thread(client(slack).views_publish, user_id="U1", view=home)
        first, second = [await mine.receive_json(timeout=PATIENCE) for _ in range(2)]
        assert first == {"type": "changed", "what": "channel", "channel": "C1"}
        assert second["what"] == "home"
        await asyncio.to_thread(client(slack).chat_postMessage, channel="C3", text="b")
        assert (await guests.receive_json(timeout=PATIENCE))["channel"] == "C3"


def test_the_state_shows_everything_for_tests(slack: SandboxServer) -> None:
    sdk = client(slack)
    sdk.chat_postMessage(channel="C1", text="all")
    sdk.chat_postEphemeral(channel="C1", user="U1", text="one")
    sdk.views_publish(user_id="U1", view={"type": "home", "blocks": [section()]})
    state = slack.state()
    assert [each["text"] for each in state["messages"]["C1"]] == ["all"]
    assert [(each["text"], each["ephemeral_for"]) for each in state["ephemerals"]] == [
        ("one", "U1")
    ]
    assert set(state["homes"]) == {"U1"}
    called = [each["method"] for each in state["calls"]]
    assert called == ["chat.postMessage", "chat.postEphemeral", "views.publish"]
    assert "xoxb" not in json.dumps(state["calls"])


def test_a_reset_starts_afresh_with_the_same_or_another_workspace(slack: SandboxServer) -> None:
    client(slack).chat_postMessage(channel="C1", text="gone")
    slack.visitor.post("/sandbox/reset", {})
    assert slack.visitor.messages("U1", "C1") == []
    other = town(users=[{"id": "U7", "name": "new"}], channels=[], usergroups=[])
    slack.visitor.post("/sandbox/reset", other)
    people = [each["id"] for each in slack.visitor.get("/page/api/workspace")["users"]]
    assert people == ["U7", "U0BOT", "U0DELIVERY"]


def test_channels_and_the_clock_are_changed_by_their_owner(slack: SandboxServer) -> None:
    slack.visitor.post("/sandbox/channel", {"channel": "C1", "is_ext_shared": True})
    assert client(slack).conversations_info(channel="C1")["channel"]["is_ext_shared"] is True
    slack.visitor.post("/sandbox/clock", {"now": "2027-02-28T23:59:59+09:00"})
    assert slack.state()["now"].startswith("2027-02-28T14:59:59")
    with pytest.raises(RuntimeError, match="has no offset"):
        slack.visitor.post("/sandbox/clock", {"now": "2027-02-28T23:59:59"})

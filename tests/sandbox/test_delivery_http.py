"""Commands, buttons, forms and type-ahead through a real Bolt app behind signed HTTP."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from sandbox.server import SandboxServer
from sandbox.spec import Settings
from tests.sandbox.town import (
    Json,
    actions,
    behind,
    button,
    client,
    entry,
    form,
    section,
    wait_for,
)


def test_a_command_reaches_bolt_with_a_signature_it_accepts(slack: SandboxServer) -> None:
    heard: list[Json] = []

    def prepare(app: App) -> None:
        @app.command("/health")
        def health(ack: Any, command: Json) -> None:
            heard.append(command)
            ack("アクメ: 48")

    with behind(slack, prepare):
        assert slack.say("U1", "C1", "/health  アクメ <&> ") == {"ok": True}
    command = heard[0]
    assert command["text"] == "アクメ &lt;&amp;&gt;"
    assert (command["user_id"], command["channel_name"]) == ("U1", "cs")
    shown = slack.visitor.messages("U1", "C1")[-1]
    assert (shown["text"], shown["ephemeral"]) == ("アクメ: 48", True)
    assert slack.visitor.messages("U2", "C1") == []


def test_a_wrong_secret_is_refused_by_the_bot(slack: SandboxServer) -> None:
    slack.slack.courier.signing_secret = "another"
    with behind(slack, lambda app: None):
        answer = slack.say("U1", "C1", "/health")
    assert answer["error"] == '/health failed with the error "dispatch_failed"'


def test_unknown_commands_and_commands_in_threads_are_refused(slack: SandboxServer) -> None:
    assert "is not a valid command" in slack.say("U1", "C1", "/helth")["error"]
    ts = slack.say("U1", "C1", "hello")["ts"]
    threaded = slack.visitor.types("U1", "C1", "/health", thread_ts=ts)
    assert threaded["error"] == "/health is not supported in threads. Sorry!"


def test_names_are_turned_into_ids_where_a_command_asks_for_it(slack: SandboxServer) -> None:
    heard: list[str] = []

    def prepare(app: App) -> None:
        @app.command("/mention")
        def mention(ack: Any, command: Json) -> None:
            heard.append(command["text"])
            ack()

    with behind(slack, prepare):
        slack.say("U1", "C1", "/mention @tanaka in #cs, not @nobody")
    assert heard == ["<@U2> in <#C1|cs>, not @nobody"]


def test_a_bot_that_takes_too_long_times_out(slack: SandboxServer) -> None:
    slack.slack.courier.settings.ack_seconds = 0.2

    def prepare(app: App) -> None:
        @app.command("/health")
        def health(ack: Any) -> None:
            time.sleep(0.6)
            ack()

    with behind(slack, prepare):
        answer = slack.say("U1", "C1", "/health")
    assert answer["error"] == '/health failed with the error "operation_timeout"'


def test_a_button_comes_with_its_message_and_an_answer_address(slack: SandboxServer) -> None:
    heard: list[Json] = []

    def prepare(app: App) -> None:
        @app.action("go")
        def go(ack: Any, body: Json, respond: Any) -> None:
            ack()
            heard.append(body)
            respond("done", replace_original=True)

    row = actions(button(value="a1"))
    ts = client(slack).chat_postMessage(channel="C1", text="t", blocks=[section(), row])["ts"]
    with behind(slack, prepare):
        assert slack.visitor.clicks("U1", "C1", "Go") == {"ok": True}
        wait_for(lambda: slack.visitor.messages("U1", "C1")[0]["text"] == "done")
    body = heard[0]
    assert body["container"]["message_ts"] == body["message"]["ts"] == ts
    assert body["actions"][0]["value"] == "a1"
    assert body["actions"][0]["block_id"] == "row"
    assert len(slack.visitor.messages("U1", "C1")) == 1


def test_a_button_of_an_ephemeral_travels_without_its_message(slack: SandboxServer) -> None:
    heard: list[Json] = []

    def prepare(app: App) -> None:
        @app.action("go")
        def go(ack: Any, body: Json, respond: Any) -> None:
            ack()
            heard.append(body)
            respond(delete_original=True)

    blocks = [actions(button())]
    client(slack).chat_postEphemeral(channel="C1", user="U1", text="t", blocks=blocks)
    with behind(slack, prepare):
        slack.visitor.clicks("U1", "C1", "Go")
        wait_for(lambda: slack.visitor.messages("U1", "C1") == [])
    assert "message" not in heard[0]
    assert heard[0]["container"]["is_ephemeral"] is True


def test_menus_keep_what_was_chosen_in_the_state(slack: SandboxServer) -> None:
    heard: list[Json] = []

    def prepare(app: App) -> None:
        app.action("pick")(lambda ack: ack())

        @app.action("go")
        def go(ack: Any, body: Json) -> None:
            ack()
            heard.append(body)

    choices = [{"text": {"type": "plain_text", "text": each}, "value": each} for each in "ab"]
    menu = {"type": "static_select", "action_id": "pick", "options": choices}
    blocks = [actions(menu, button())]
    client(slack).chat_postMessage(channel="C1", text="t", blocks=blocks)
    with behind(slack, prepare):
        slack.visitor.clicks("U1", "C1", "pick", choose="b")
        slack.visitor.clicks("U1", "C1", "Go")
    chosen = heard[0]["state"]["values"]["row"]["pick"]["selected_option"]
    assert chosen["value"] == "b"


def test_an_option_nobody_offers_cannot_be_chosen(slack: SandboxServer) -> None:
    choices = [{"text": {"type": "plain_text", "text": "a"}, "value": "a"}]
    menu = {"type": "static_select", "action_id": "pick", "options": choices}
    ts = client(slack).chat_postMessage(channel="C1", text="t", blocks=[actions(menu)])["ts"]
    wrong = {"text": {"type": "plain_text", "text": "z"}, "value": "z"}
    body = {
        "as": "U1",
        "container": {"kind": "message", "channel": "C1", "ts": ts},
        "action": {"block_id": "row", "action_id": "pick", "selected_option": wrong},
    }
    with pytest.raises(RuntimeError, match="does not offer"):
        slack.visitor.post("/page/api/action", body)


def _why(action_id: str = "why", **more: Any) -> Json:
    return entry("reason", {"type": "plain_text_input", "action_id": action_id, **more})


def test_a_form_wrong_and_then_right(slack: SandboxServer) -> None:
    sent: list[str] = []

    def prepare(app: App) -> None:
        @app.command("/health")
        def health(ack: Any, body: Json, client: Any) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=form(_why(), callback_id="touch"))
            ack()

        @app.view("touch")
        def touch(ack: Any, view: Json) -> None:
            said = view["state"]["values"]["reason"]["why"]["value"]
            if said == "bad":
                ack(response_action="errors", errors={"reason": "Say more."})
                return
            sent.append(said)
            ack()

    with behind(slack, prepare):
        slack.say("U1", "C1", "/health")
        visitor = slack.visitor
        assert visitor.modal("U1")["callback_id"] == "touch"
        assert visitor.modal("U2") == {}
        assert "reason" in visitor.submits("U1")["errors"]
        assert visitor.submits("U1", {"Why": "bad"}) == {"errors": {"reason": "Say more."}}
        assert visitor.submits("U1", {"why": "because"}) == {"closed": True}
    assert sent == ["because"]
    assert slack.visitor.modal("U1") == {}


def _open_on_log(app: App) -> None:
    @app.shortcut("log")
    def log(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form(callback_id="one"))


def _three_forms(heard: list[Json]) -> Callable[[App], None]:
    def prepare(app: App) -> None:
        _open_on_log(app)

        @app.view("one")
        def one(ack: Any) -> None:
            ack(response_action="push", view=form(callback_id="two", notify_on_close=True))

        @app.view("two")
        def two(ack: Any) -> None:
            ack(response_action="update", view=form(callback_id="three", notify_on_close=True))

        @app.view("three")
        def three(ack: Any) -> None:
            ack(response_action="clear")

        @app.view_closed("three")
        def closed(ack: Any, body: Json) -> None:
            ack()
            heard.append(body)

    return prepare


def test_forms_are_pushed_updated_and_cleared(slack: SandboxServer) -> None:
    visitor = slack.visitor
    with behind(slack, _three_forms([])):
        visitor.shortcut("U1", "log")
        assert visitor.submits("U1") == {"pushed": True}
        assert len(visitor.get("/page/api/modal", **{"as": "U1"})["stack"]) == 2
        assert visitor.modal("U1")["previous_view_id"]
        assert visitor.submits("U1") == {"updated": True}
        assert visitor.modal("U1")["callback_id"] == "three"
        assert visitor.submits("U1") == {"closed": True}
        assert visitor.modal("U1") == {}


def test_closing_a_form_is_told_where_it_asks_for_that(slack: SandboxServer) -> None:
    heard: list[Json] = []
    with behind(slack, _three_forms(heard)):
        slack.visitor.shortcut("U1", "log")
        slack.visitor.submits("U1")
        slack.visitor.submits("U1")
        slack.visitor.closes("U1")
        wait_for(lambda: heard)
        assert slack.visitor.modal("U1")["callback_id"] == "one"
    assert heard[0]["is_cleared"] is False


def test_a_button_in_a_thread_is_pressed_there(slack: SandboxServer) -> None:
    heard: list[Json] = []

    def prepare(app: App) -> None:
        @app.action("go")
        def go(ack: Any, body: Json) -> None:
            ack()
            heard.append(body)

    sdk = client(slack)
    parent = sdk.chat_postMessage(channel="C1", text="parent")["ts"]
    blocks = [actions(button())]
    reply = sdk.chat_postMessage(channel="C1", text="r", blocks=blocks, thread_ts=parent)["ts"]
    with behind(slack, prepare):
        slack.visitor.clicks("U1", "C1", "Go", ts=parent)
    assert heard[0]["container"]["message_ts"] == reply
    assert heard[0]["container"]["thread_ts"] == parent


def test_a_wrong_answer_to_a_form_looks_like_trouble_and_says_why(slack: SandboxServer) -> None:
    def prepare(app: App) -> None:
        _open_on_log(app)

        @app.view("one")
        def one(ack: Any) -> None:
            ack(response_action="errors", errors={"nowhere": "No."})

    with behind(slack, prepare):
        slack.visitor.shortcut("U1", "log")
        answer = slack.visitor.submits("U1")
    assert answer["reason"] == "invalid_response"
    assert answer["messages"] == ["/errors/nowhere: is not the block_id of an input block"]


def test_a_trigger_opens_one_form_within_three_seconds(slack: SandboxServer) -> None:
    triggers: list[str] = []

    def prepare(app: App) -> None:
        @app.shortcut("log")
        def log(ack: Any, body: Json) -> None:
            triggers.append(body["trigger_id"])
            ack()

    sdk = client(slack)
    with behind(slack, prepare):
        slack.visitor.shortcut("U1", "log")
        slack.visitor.shortcut("U1", "log")
    sdk.views_open(trigger_id=triggers[0], view=form())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        sdk.views_open(trigger_id=triggers[0], view=form())
    settings = slack.slack.world.workspace.settings
    settings.trigger_seconds = Settings().trigger_seconds
    assert settings.trigger_seconds == 3.0
    slack.slack.world.triggers[triggers[1]].made -= 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        sdk.views_open(trigger_id=triggers[1], view=form())


def test_type_ahead_options_are_asked_checked_and_chosen(slack: SandboxServer) -> None:
    def prepare(app: App) -> None:
        @app.options("account")
        def account(ack: Any, payload: Json) -> None:
            count = 101 if payload["value"] == "all" else 2
            names = [f"{payload['value']}{each}" for each in range(count)]
            ack(options=[{"text": {"type": "plain_text", "text": n}, "value": n} for n in names])

        app.action("account")(lambda ack: ack())

    menu = {"type": "external_select", "action_id": "account", "min_query_length": 1}
    ts = client(slack).chat_postMessage(channel="C1", text="t", blocks=[actions(menu)])["ts"]
    place = {"kind": "message", "channel": "C1", "ts": ts}
    with behind(slack, prepare):
        offered = slack.visitor.suggestions("U1", place, "account", "アク")
        assert [each["value"] for each in offered["options"]] == ["アク0", "アク1"]
        assert slack.visitor.suggestions("U1", place, "account", "") == {"options": []}
        many = slack.visitor.suggestions("U1", place, "account", "all")
        assert many["error"] == "invalid_options"
        assert slack.visitor.clicks("U1", "C1", "account", choose="アク1") == {"ok": True}


def test_a_message_shortcut_carries_the_message(slack: SandboxServer) -> None:
    heard: list[Json] = []

    def prepare(app: App) -> None:
        @app.shortcut("voc")
        def voc(ack: Any, body: Json, respond: Any) -> None:
            ack()
            heard.append(body)
            respond("noted")

    ts = slack.say("U2", "C1", "they love it")["ts"]
    with behind(slack, prepare):
        slack.visitor.shortcut("U1", "voc", channel="C1", ts=ts)
        wait_for(lambda: slack.visitor.messages("U1", "C1")[-1]["text"] == "noted")
    assert heard[0]["message"]["text"] == "they love it"
    with pytest.raises(RuntimeError, match="no global shortcut"):
        slack.visitor.shortcut("U1", "voc")

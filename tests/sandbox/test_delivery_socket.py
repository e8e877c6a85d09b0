"""Socket Mode with the SDK's own clients: envelopes, round robin, refresh, redelivery."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import SandboxServer
from sandbox.site import entries
from sandbox.spec import Settings
from tests.sandbox.town import (
    APP_TOKEN,
    PATIENCE,
    TOKEN,
    Json,
    actions,
    button,
    client,
    entry,
    form,
    wait_for,
)


@contextmanager
def listening(slack: SandboxServer, app: App) -> Iterator[SocketModeHandler]:
    sdk = WebClient(APP_TOKEN, base_url=slack.api_url)
    handler = SocketModeHandler(app, APP_TOKEN, web_client=sdk, ping_interval=3600)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        wait_for(lambda: slack.state()["sockets"])
        yield handler
    finally:
        handler.close()  # type: ignore[no-untyped-call]


def build_app(slack: SandboxServer) -> App:
    return App(client=client(slack), token_verification_enabled=False, signing_secret="unused")


def test_a_command_comes_and_its_answer_goes_by_socket(slack: SandboxServer) -> None:
    app = build_app(slack)

    @app.command("/health")
    def health(ack: Any, command: Json) -> None:
        ack(f"heard {command['text']}")

    with listening(slack, app):
        assert slack.say("U1", "C1", "/health アクメ") == {"ok": True}
    assert slack.visitor.messages("U1", "C1")[-1]["text"] == "heard アクメ"


def test_forms_and_type_ahead_answer_inside_the_acknowledgement(slack: SandboxServer) -> None:
    app = build_app(slack)
    menu = {"type": "external_select", "action_id": "account", "min_query_length": 1}

    @app.shortcut("log")
    def log(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(
            trigger_id=body["trigger_id"],
            view=form(entry("which", menu, "Account"), callback_id="touch"),
        )

    @app.options("account")
    def account(ack: Any, payload: Json) -> None:
        name = f"{payload['value']}商事"
        ack(options=[{"text": {"type": "plain_text", "text": name}, "value": "a1"}])

    @app.view("touch")
    def touch(ack: Any, view: Json) -> None:
        chosen = view["state"]["values"]["which"]["account"]["selected_option"]
        ack(response_action="errors", errors={"which": f"not {chosen['text']['text']}"})

    with listening(slack, app):
        slack.visitor.shortcut("U1", "log")
        answer = slack.visitor.submits("U1", {"account": "アクメ"})
    assert answer == {"errors": {"which": "not アクメ商事"}}


def test_events_and_buttons_come_by_socket(slack: SandboxServer) -> None:
    app = build_app(slack)
    heard: list[str] = []

    @app.event("message")
    def message(event: Json, say: Any) -> None:
        heard.append(event["text"])
        row = actions(button(text="Press"))
        say(text="answer", blocks=[row])

    @app.action("go")
    def go(ack: Any, say: Any) -> None:
        ack()
        heard.append("pressed")

    with listening(slack, app):
        direct = slack.visitor.direct("U1")
        slack.say("U1", direct, "アクメ")
        wait_for(lambda: len(slack.visitor.messages("U1", direct)) == 2)
        slack.visitor.clicks("U1", direct, "Press")
        wait_for(lambda: "pressed" in heard)
    assert heard == ["アクメ", "pressed"]


def test_nobody_listening_is_said_to_the_person(slack: SandboxServer) -> None:
    assert slack.say("U1", "C1", "/health")["error"].endswith('"dispatch_failed"')


async def test_the_async_client_comes_again_after_a_refresh(slack: SandboxServer) -> None:
    app = AsyncApp(client=AsyncWebClient(TOKEN, base_url=slack.api_url), signing_secret="unused")

    @app.command("/health")
    async def health(ack: Any) -> None:
        await ack("here")

    sdk = AsyncWebClient(APP_TOKEN, base_url=slack.api_url)
    handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=sdk)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        await _until(lambda: slack.state()["sockets"] == 1)
        await asyncio.to_thread(slack.visitor.post, "/sandbox/disconnect", {})
        slack.slack.courier.settings.ack_seconds = 1.0
        # The client hears the farewell and then misses its connection, and may come twice; what
        # reaches the first of the two is lost, as in Slack, and a person types it again.
        await _until(lambda: slack.say("U1", "C1", "/health") == {"ok": True})
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _until(look: Any) -> None:
    await asyncio.to_thread(wait_for, look)


@asynccontextmanager
async def connected(slack: SandboxServer) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    opened = await asyncio.to_thread(
        client(slack, APP_TOKEN).api_call, "apps.connections.open", http_verb="POST"
    )
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        yield socket


async def _next(socket: aiohttp.ClientWebSocketResponse) -> Json:
    received = await socket.receive(PATIENCE)
    return dict(json.loads(received.data))


async def test_a_connection_begins_with_hello_and_its_ticket_works_once(
    slack: SandboxServer,
) -> None:
    opened = client(slack, APP_TOKEN).apps_connections_open(app_token=APP_TOKEN)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(opened["url"]) as socket:
            hello = await _next(socket)
            assert hello["type"] == "hello"
            assert hello["num_connections"] == 1
            assert hello["connection_info"]["app_id"] == "A0SANDBOX"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(opened["url"])


class ImpatientOnce(Settings):
    """Waits a moment for the first acknowledgement and long for every other."""

    has_waited = False

    @property
    def ack_seconds(self) -> float:
        self.has_waited, was = True, self.has_waited
        return PATIENCE if was else 0.2

    @ack_seconds.setter
    def ack_seconds(self, seconds: float) -> None:
        """What the spec says does not count."""


async def test_envelopes_go_round_and_an_unacknowledged_event_comes_again(
    slack: SandboxServer,
) -> None:
    slack.slack.courier.settings = ImpatientOnce(retry_delays=[0.0])
    async with connected(slack) as first, connected(slack) as second:
        await _next(first)
        await _next(second)
        await asyncio.to_thread(slack.say, "U1", "C1", "hello")
        envelopes = [await _next(first), await _next(second)]
        attempts = sorted(each["retry_attempt"] for each in envelopes)
        assert attempts == [0, 1]
        again = next(each for each in envelopes if each["retry_attempt"] == 1)
        assert again["retry_reason"] == "http_timeout"
        ids = {each["payload"]["event_id"] for each in envelopes}
        assert len(ids) == 1
        for socket in (first, second):
            for envelope in envelopes:
                await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await _until(lambda: slack.state()["under_way"] == 0)
    errors = [each["error"] for each in slack.state()["deliveries"]]
    assert errors == ["operation_timeout", None]


async def test_an_eleventh_connection_is_sent_away(slack: SandboxServer) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(11):
            opened = client(slack, APP_TOKEN).apps_connections_open(app_token=APP_TOKEN)
            sockets.append(await session.ws_connect(opened["url"]))
        answers = [await _next(each) for each in sockets]
        assert [each["type"] for each in answers] == ["hello"] * 10 + ["disconnect"]
        assert answers[-1]["reason"] == "too_many_websockets"
        for socket in sockets:
            await socket.close()


def test_only_an_app_token_opens_connections(slack: SandboxServer) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client(slack).apps_connections_open(app_token=TOKEN)


def test_every_kind_of_field_has_a_first_value() -> None:
    blocks = [{**entry("b", {"type": "checkboxes", "action_id": "c", "options": []})}]
    assert entries.initial_state(blocks) == {
        "b": {"c": {"type": "checkboxes", "selected_options": []}}
    }

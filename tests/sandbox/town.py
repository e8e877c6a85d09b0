"""A small workspace for the sandbox's own tests, and a bot to stand behind it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.asgi import SlackRequestHandler
from slack_sdk import WebClient

from sandbox.server import SandboxServer
from sandbox.serving import PromptServer

SECRET = "sandbox-signing-secret"
TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
BOT = "U0BOT"
PATIENCE = 60.0
# A loaded machine is not late; who tests what is too late says how late that is.
UNHURRIED = {"ack_seconds": PATIENCE, "trigger_seconds": PATIENCE}

Json = dict[str, Any]


def town(**changes: Any) -> Json:
    """People, channels, commands; `changes` replace whole parts, `settings` are merged."""
    spec: Json = {
        "team": {"name": "Sakura"},
        "app": {
            "commands": [
                {"command": "/health", "description": "How are they?", "usage_hint": "[account]"},
                {"command": "/mention", "should_escape": True},
            ],
            "shortcuts": [
                {"callback_id": "log", "name": "Log", "kind": "global"},
                {"callback_id": "voc", "name": "VoC", "kind": "message"},
            ],
        },
        "users": [
            {"id": "U1", "name": "sato", "real_name": "佐藤 花", "email": "sato@example.com"},
            {"id": "U2", "name": "tanaka", "locale": "en-US", "email": "tanaka@example.com"},
            {"id": "U3", "name": "guest", "is_ultra_restricted": True},
            {"id": "U4", "name": "gone", "deleted": True, "email": "gone@example.com"},
        ],
        "channels": [
            {"id": "C1", "name": "cs", "members": ["U1", "U2", BOT]},
            {"id": "C2", "name": "elsewhere", "members": ["U1"]},
            {"id": "G1", "name": "leads", "kind": "private", "members": ["U2", BOT]},
            {"id": "G2", "name": "secret", "kind": "private", "members": ["U2"]},
            {"id": "C3", "name": "shared", "is_ext_shared": True, "members": ["U1", "U3", BOT]},
            {"id": "C4", "name": "old", "is_archived": True, "members": ["U1", BOT]},
            {"id": "C5", "name": "ops", "members": ["U1", BOT, "U0DELIVERY"]},
        ],
        "usergroups": [{"id": "S1", "handle": "csm", "users": ["U1", "U2"]}],
        "tokens": {"xoxb-narrow": ["chat:write"]},
    }
    settings = {"retry_delays": [0.0, 0.05, 0.05], "ops_channel": "C5", **UNHURRIED}
    spec["settings"] = settings | changes.pop("settings", {})
    return spec | changes


def client(slack: SandboxServer, token: str = TOKEN) -> WebClient:
    """The real SDK client without its retries: a test sees every answer."""
    return WebClient(token, base_url=slack.api_url, retry_handlers=[], timeout=int(PATIENCE))


def section(text: str = "hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str = "go", text: str = "Go", **more: Any) -> Json:
    label = {"type": "plain_text", "text": text}
    return {"type": "button", "text": label, "action_id": action_id, **more}


def actions(*elements: Json, block_id: str = "row") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def entry(block_id: str, element: Json, label: str = "Why", **more: Any) -> Json:
    text = {"type": "plain_text", "text": label}
    return {"type": "input", "block_id": block_id, "label": text, "element": element, **more}


def form(*blocks: Json, title: str = "Form", **more: Any) -> Json:
    named = {"type": "plain_text", "text": title}
    send = {"type": "plain_text", "text": "Send"}
    return {
        "type": "modal",
        "title": named,
        "submit": send,
        "blocks": list(blocks) or [section()],
        **more,
    }


@contextmanager
def behind(slack: SandboxServer, prepare: Callable[[App], None]) -> Iterator[App]:
    """A real Bolt app behind signed HTTP; `prepare` adds its listeners."""
    app = App(client=client(slack), signing_secret=SECRET, token_verification_enabled=False)
    prepare(app)
    config = uvicorn.Config(
        SlackRequestHandler(app, path="/slack/events"),
        port=0,
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    server = PromptServer(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_for(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        slack.point_to(f"http://127.0.0.1:{port}/slack/events")
        yield app
    finally:
        slack.point_to("")
        server.stop()
        thread.join(PATIENCE)


def wait_for(look: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What `look` returns once it is true; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
    return found

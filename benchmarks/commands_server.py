"""The servers of the command benchmark, each a process of its own.

Usage: python -m benchmarks.commands_server KIND PORT_FILE; KIND is bare, ack or health. Settings
come from the environment, as for the real thing.
"""

import argparse
import asyncio
import hashlib
import hmac
import os
from pathlib import Path

from slack_bolt.async_app import AsyncApp
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.bootstrap import House, build_house
from bot.config import read_settings
from bot.runner import Request
from bot.slack.app import Edge, build_app
from bot.slack.serving import build_http_handler
from bot.slack.vitals import SlackVitals
from bot.web.app import build_web
from bot.web.serving import build_server, listen


class Bare:
    """The least an honest server does: read the body, check Slack's signature, say 200."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        body = await _body(receive)
        base = b"v0:%b:%b" % (headers[b"x-slack-request-timestamp"], body)
        expected = "v0=" + hmac.new(self.secret, base, hashlib.sha256).hexdigest()
        is_signed = hmac.compare_digest(expected, headers[b"x-slack-signature"].decode())
        status = 200 if is_signed else 401
        length = [(b"content-length", b"0")]
        await send({"type": "http.response.start", "status": status, "headers": length})
        await send({"type": "http.response.body", "body": b""})


class AcknowledgingEdge(Edge):
    """The whole way up to the acknowledgement, and nothing behind it."""

    def _begin(self, request: Request) -> None:
        return


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["bare", "ack", "health"])
    parser.add_argument("port_file", type=Path)
    asked = parser.parse_args()
    listener = listen("127.0.0.1", 0)
    asked.port_file.write_text(str(listener.getsockname()[1]))
    server = build_server(_application(asked.kind))
    asyncio.run(server.serve(sockets=[listener]))


def _application(kind: str) -> ASGIApp:
    if kind == "bare":
        return Bare(os.environ["SLACK_SIGNING_SECRET"].encode())
    house = build_house(read_settings("slack_bot_token", "slack_signing_secret"))
    app = _acknowledging(house) if kind == "ack" else house.app
    return build_web(build_http_handler(app), SlackVitals(house.store, house.edge.pool))


def _acknowledging(house: House) -> AsyncApp:
    edge = AcknowledgingEdge(**vars(house.edge))
    secret = house.settings.slack_signing_secret
    return build_app(edge, secret.get_secret_value() if secret else None)


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


if __name__ == "__main__":
    main()

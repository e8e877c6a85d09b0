"""The two ways Slack comes in: signed HTTP as an ASGI handler, or Socket Mode."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp, Receive, Scope, Send

EVENTS_PATH = "/slack/events"


def build_http_handler(app: AsyncApp) -> ASGIApp:
    """An ASGI application for `EVENTS_PATH`."""
    return _Handler(app)


class _Handler:
    """Bolt's adapter under a type that starlette knows."""

    def __init__(self, app: AsyncApp) -> None:
        self._adapter = AsyncSlackRequestHandler(app, path=EVENTS_PATH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._adapter(dict(scope), receive, send)


@asynccontextmanager
async def socket_mode(app: AsyncApp, app_token: str, base_url: str) -> AsyncIterator[None]:
    """Connected while the block lasts; asks `base_url` for its address, and again when cut off."""
    # Without a client of its own the handler would ask with the bot's token.
    web_client = AsyncWebClient(token=app_token, base_url=base_url)
    handler = AsyncSocketModeHandler(app, app_token, web_client=web_client)
    await handler.client.connect()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]

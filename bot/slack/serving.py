"""The two ways Slack comes in: signed HTTP as an ASGI handler, or Socket Mode."""

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

EVENTS_PATH = "/slack/events"


def build_http_handler(app: AsyncApp) -> AsyncSlackRequestHandler:
    """An ASGI application for `EVENTS_PATH`."""
    return AsyncSlackRequestHandler(app, path=EVENTS_PATH)


def build_socket_handler(app: AsyncApp, app_token: str, base_url: str) -> AsyncSocketModeHandler:
    """A Socket Mode connection that asks `base_url` for its address, and comes again when cut."""
    handler = AsyncSocketModeHandler(app, app_token)
    # The handler would ask slack.com whatever the Web API's address is.
    handler.client.web_client = AsyncWebClient(token=app_token, base_url=base_url)
    return handler

"""What happens in the workspace, told to the bot as events it subscribed to."""

import secrets
from typing import Any

from sandbox.delivery.answer import Answer
from sandbox.kinds import Json
from sandbox.scopes import EVENT_SCOPES
from sandbox.slack import Slack
from sandbox.spec import Channel
from sandbox.state.files import StoredFile
from sandbox.state.messages import Message
from sandbox.state.shapes import message_json, user_json, view_json

_MESSAGE_EVENT = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_CHANNEL_TYPE = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def message_posted(slack: Slack, channel: Channel, message: Message) -> None:
    """A new message, and its mention of the bot, where the bot is."""
    if not slack.world.is_bot_in(channel):
        return
    shown = message_json(slack.world, message, slack.base_url)
    place = {"channel": channel.id, "event_ts": message.ts}
    kind = {"channel_type": _CHANNEL_TYPE[channel.kind]}
    emit(slack, _MESSAGE_EVENT[channel.kind], {**shown, **place, **kind}, channel)
    bot = slack.world.workspace.app.bot_user_id
    if f"<@{bot}>" in message.text and not message.by_bot and channel.kind != "im":
        emit(slack, "app_mention", {**shown, **place, "type": "app_mention"}, channel)


def message_changed(slack: Slack, channel: Channel, message: Message) -> None:
    shown = message_json(slack.world, message, slack.base_url)
    _message_news(slack, channel, {"subtype": "message_changed", "message": shown})


def message_deleted(slack: Slack, channel: Channel, message: Message) -> None:
    _message_news(slack, channel, {"subtype": "message_deleted", "deleted_ts": message.ts})


def _message_news(slack: Slack, channel: Channel, news: Json) -> None:
    if slack.world.is_bot_in(channel):
        stamp = slack.world.clock.stamp()
        place = {"type": "message", "hidden": True, "channel": channel.id, "ts": stamp}
        kind = {"event_ts": stamp, "channel_type": _CHANNEL_TYPE[channel.kind]}
        emit(slack, _MESSAGE_EVENT[channel.kind], {**place, **news, **kind}, channel)


def file_shared(slack: Slack, channel: Channel, file: StoredFile) -> None:
    if slack.world.is_bot_in(channel):
        event = {
            "type": "file_shared",
            "channel_id": channel.id,
            "file_id": file.id,
            "user_id": file.user,
            "file": {"id": file.id},
            "event_ts": slack.world.clock.stamp(),
        }
        emit(slack, "file_shared", event, channel)


def home_opened(slack: Slack, user: str, tab: str = "home") -> None:
    home = slack.world.views.homes.get(user)
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": slack.world.open_im(user).id,
        "tab": tab,
        "event_ts": slack.world.clock.stamp(),
    }
    if home is not None and tab == "home":
        event["view"] = view_json(slack.world, home)
    emit(slack, "app_home_opened", event)


def reaction_added(slack: Slack, message: Message, user: str, name: str) -> None:
    channel = slack.world.channels[message.channel]
    if slack.world.is_bot_in(channel):
        item = {"type": "message", "channel": message.channel, "ts": message.ts}
        event = {
            "type": "reaction_added",
            "user": user,
            "reaction": name,
            "item": item,
            "item_user": message.user,
            "event_ts": slack.world.clock.stamp(),
        }
        emit(slack, "reaction_added", event, channel)


def membership_changed(slack: Slack, channel: Channel, user: str, *, joined: bool) -> None:
    kind = "member_joined_channel" if joined else "member_left_channel"
    event = {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "public" else "G",
        "team": slack.world.workspace.team.id,
        "event_ts": slack.world.clock.stamp(),
    }
    emit(slack, kind, event, channel)


def user_changed(slack: Slack, user: str) -> None:
    shown = user_json(slack.world, slack.world.users[user], with_locale=True)
    emit(slack, "user_change", {"type": "user_change", "user": shown})


def app_uninstalled(slack: Slack) -> None:
    bot = slack.world.workspace.app.bot_user_id
    tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]}}
    emit(slack, "tokens_revoked", tokens)
    emit(slack, "app_uninstalled", {"type": "app_uninstalled"})


def emit(slack: Slack, subscription: str, event: Json, channel: Channel | None = None) -> None:
    """Send an event in the background, if the bot subscribed to it and may hear of it."""
    app, needed = slack.world.workspace.app, EVENT_SCOPES.get(subscription, ())
    may_hear = not needed or not set(needed).isdisjoint(app.scopes)
    if subscription in app.events and may_hear:
        slack.start(_deliver(slack, event, channel))


async def _deliver(slack: Slack, event: Json, channel: Channel | None) -> Answer:
    return await slack.courier.event(envelope(slack, event, channel))


def envelope(slack: Slack, event: Json, channel: Channel | None = None) -> Json:
    """The outer body every event travels in."""
    workspace = slack.world.workspace
    authorization: dict[str, Any] = {
        "enterprise_id": None,
        "team_id": workspace.team.id,
        "user_id": workspace.app.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team.id,
        "api_app_id": workspace.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(slack.world.clock.now().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "event_context": f"4-{secrets.token_urlsafe(12)}",
    }

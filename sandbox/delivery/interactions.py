"""Payloads of buttons, menus, shortcuts, forms and type-ahead, as Slack sends them."""

from typing import Any

from sandbox.delivery.tickets import new_response_url, new_trigger
from sandbox.kinds import Json
from sandbox.slack import Slack
from sandbox.spec import Channel
from sandbox.state.messages import Message
from sandbox.state.shapes import channel_name, message_json, view_json
from sandbox.state.views import View


def base_payload(slack: Slack, kind: str, user: str) -> Json:
    """What every interactive payload begins with."""
    workspace = slack.world.workspace
    person = slack.world.users[user]
    team = workspace.team
    who = {"id": user, "username": person.name, "name": person.name, "team_id": team.id}
    return {
        "type": kind,
        "user": who,
        "api_app_id": workspace.app.id,
        "token": workspace.app.verification_token,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_action(slack: Slack, user: str, message: Message, action: Json) -> Json:
    """A button or menu of a message; ephemeral ones travel without the message itself."""
    payload = base_payload(slack, "block_actions", user)
    channel = slack.world.channels[message.channel]
    is_ephemeral = message.ephemeral_for is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": is_ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    if not is_ephemeral:
        payload["message"] = message_json(slack.world, message, slack.base_url)
    where = (channel.id, message.ts, message.thread_ts)
    return payload | {
        "container": container,
        "channel": _place(channel),
        "state": {"values": message.state},
        "trigger_id": new_trigger(slack, user),
        "response_url": new_response_url(slack, user, *where),
        "actions": [action],
    }


def view_action(slack: Slack, user: str, view: View, action: Json) -> Json:
    """A button or menu of a form or home; there is no response address here."""
    return base_payload(slack, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(slack.world, view),
        "trigger_id": new_trigger(slack, user, view.id if view.kind == "modal" else None),
        "actions": [action],
    }


def submission(slack: Slack, user: str, view: View) -> Json:
    payload = base_payload(slack, "view_submission", user)
    payload |= {"view": view_json(slack.world, view), "trigger_id": new_trigger(slack, user)}
    return payload | {"response_urls": _response_urls(slack, user, view)}


def closing(slack: Slack, user: str, view: View, *, is_cleared: bool) -> Json:
    payload = base_payload(slack, "view_closed", user)
    return payload | {"view": view_json(slack.world, view), "is_cleared": is_cleared}


def suggestion(
    slack: Slack, user: str, ids: dict[str, str], value: str, origin: Message | View
) -> Json:
    """A type-ahead request for the letters typed so far."""
    payload = base_payload(slack, "block_suggestion", user) | ids | {"value": value}
    if isinstance(origin, View):
        container: Json = {"type": "view", "view_id": origin.id}
        return payload | {"container": container, "view": view_json(slack.world, origin)}
    channel = slack.world.channels[origin.channel]
    container = {"type": "message", "message_ts": origin.ts, "channel_id": channel.id}
    shown = message_json(slack.world, origin, slack.base_url)
    return payload | {"container": container, "channel": _place(channel), "message": shown}


def global_shortcut(slack: Slack, user: str, callback_id: str) -> Json:
    payload = base_payload(slack, "shortcut", user)
    stamp = slack.world.clock.stamp()
    trigger = new_trigger(slack, user)
    return payload | {"callback_id": callback_id, "trigger_id": trigger, "action_ts": stamp}


def message_shortcut(slack: Slack, user: str, callback_id: str, message: Message) -> Json:
    channel = slack.world.channels[message.channel]
    return base_payload(slack, "message_action", user) | {
        "callback_id": callback_id,
        "trigger_id": new_trigger(slack, user),
        "action_ts": slack.world.clock.stamp(),
        "message_ts": message.ts,
        "message": message_json(slack.world, message, slack.base_url),
        "channel": _place(channel),
        "response_url": new_response_url(slack, user, channel.id, None, message.thread_ts),
    }


def _place(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel_name(channel)}


def _response_urls(slack: Slack, user: str, view: View) -> list[Json]:
    """Answer addresses for the conversations picked in menus with `response_url_enabled`."""
    found: list[Json] = []
    for block in view.blocks:
        element: Any = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        entered = view.state.get(block["block_id"], {}).get(element["action_id"], {})
        channel = entered.get("selected_conversation") or entered.get("selected_channel")
        if channel:
            url = new_response_url(slack, user, channel)
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            found.append({**ids, "channel_id": channel, "response_url": url})
    return found

"""The app manifest, made from the registry, and Slack's rules for one.

Limits: docs.slack.dev, reference/app-manifest (schema 2.0).
"""

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft7Validator

from bot.core.say import Say
from bot.registry import Registry
from bot.slack.serving import EVENTS_PATH
from bot.views.limits import unescape

Json = dict[str, Any]

SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
# Beside the registry's own: what people and channels turn into, and when the app is removed.
OWN_EVENTS = (
    "app_uninstalled",
    "member_joined_channel",
    "member_left_channel",
    "tokens_revoked",
    "user_change",
)
OWN_SLASH = "/sakidori"
_SUBSCRIPTION = {"message": "message.im"}


def build_manifest(registry: Registry, say: Say, url: str | None, prefix: str) -> Json:
    """The manifest; without `url` (the bot's public address) the app speaks Socket Mode."""
    return {
        "_metadata": {"major_version": 1},
        "display_information": {
            "name": say("manifest", "name"),
            "description": say("manifest", "about"),
            "long_description": say("manifest", "long"),
            "background_color": "#1f4e3d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": say("manifest", "name"), "always_online": True},
            "slash_commands": list(_commands(registry, say, url, prefix)),
            **_shortcuts(registry, say),
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": _settings(registry, url),
    }


def list_problems(manifest: Json) -> list[str]:
    """What Slack would refuse, each with its place."""
    found = Draft7Validator(SCHEMA).iter_errors(manifest)
    return [
        f"{'/'.join(map(str, each.absolute_path)) or '(whole)'}: {each.message}" for each in found
    ]


def _commands(registry: Registry, say: Say, url: str | None, prefix: str) -> Iterator[Json]:
    address = {"url": url.rstrip("/") + EVENTS_PATH} if url else {}
    for deed in registry.commands():
        if deed.slash:
            usage = unescape(say(f"command_{deed.key}", "usage"))
            yield {
                "command": f"/{prefix}{deed.slash.removeprefix('/')}",
                "description": unescape(say(f"command_{deed.key}", "told")),
                **({"usage_hint": usage} if usage else {}),
                # Words behind `/sakidori` may name a person: Slack then writes their id.
                "should_escape": deed.slash == OWN_SLASH,
                **address,
            }


def _shortcuts(registry: Registry, say: Say) -> Json:
    deeds = [deed for (kind, _), deed in sorted(registry.deeds.items()) if kind == "shortcut"]
    made = [
        {
            "name": say(f"shortcut_{deed.key}", "name"),
            "type": "message" if deed.of_message else "global",
            "callback_id": deed.key,
            "description": say(f"shortcut_{deed.key}", "told"),
        }
        for deed in deeds
    ]
    return {"shortcuts": made} if made else {}


def _settings(registry: Registry, url: str | None) -> Json:
    heard = {_SUBSCRIPTION.get(key, key) for kind, key in registry.deeds if kind == "event"}
    events: Json = {"bot_events": sorted(heard.union(OWN_EVENTS))}
    pressed: Json = {"is_enabled": True}
    if url:
        address = url.rstrip("/") + EVENTS_PATH
        events = {"request_url": address, **events}
        pressed |= {"request_url": address, "message_menu_options_url": address}
    return {
        "event_subscriptions": events,
        "interactivity": pressed,
        "org_deploy_enabled": False,
        "socket_mode_enabled": url is None,
        "token_rotation_enabled": False,
    }


def _text(most: int, least: int = 1) -> Json:
    return {"type": "string", "minLength": least, "maxLength": most}


def _object(required: list[str], **properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _list(items: Json, most: int) -> Json:
    return {"type": "array", "items": items, "maxItems": most, "uniqueItems": True}


_BOOLEAN: Json = {"type": "boolean"}
_ADDRESS: Json = {"type": "string", "pattern": "^https://[^ ]+$"}

SCHEMA: Json = _object(
    ["display_information"],
    _metadata=_object([], major_version={"enum": [1, 2]}, minor_version={"type": "integer"}),
    display_information=_object(
        ["name"],
        name=_text(35),
        description=_text(140),
        long_description=_text(4000, 175),
        background_color={"type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"},
    ),
    features=_object(
        [],
        app_home=_object(
            [],
            home_tab_enabled=_BOOLEAN,
            messages_tab_enabled=_BOOLEAN,
            messages_tab_read_only_enabled=_BOOLEAN,
        ),
        bot_user=_object(
            ["display_name"],
            display_name={**_text(80), "pattern": "^[-a-zA-Z0-9_. ]+$"},
            always_online=_BOOLEAN,
        ),
        slash_commands=_list(
            _object(
                ["command", "description"],
                command={**_text(32, 2), "pattern": "^/[^ A-Z]+$"},
                description=_text(2000),
                usage_hint=_text(1000),
                should_escape=_BOOLEAN,
                url=_ADDRESS,
            ),
            50,
        ),
        shortcuts=_list(
            _object(
                ["name", "type", "callback_id", "description"],
                name=_text(24),
                type={"enum": ["global", "message"]},
                callback_id=_text(255),
                description=_text(150),
            ),
            10,
        ),
    ),
    oauth_config=_object(
        [],
        redirect_urls=_list(_ADDRESS, 1000),
        scopes=_object([], bot=_list(_text(80), 255), user=_list(_text(80), 255)),
    ),
    settings=_object(
        [],
        event_subscriptions=_object(
            [],
            request_url=_ADDRESS,
            bot_events=_list(_text(80), 100),
            user_events=_list(_text(80), 100),
        ),
        interactivity=_object(
            ["is_enabled"],
            is_enabled=_BOOLEAN,
            request_url=_ADDRESS,
            message_menu_options_url=_ADDRESS,
        ),
        org_deploy_enabled=_BOOLEAN,
        socket_mode_enabled=_BOOLEAN,
        token_rotation_enabled=_BOOLEAN,
    ),
)

"""What Slack sends, as requests in the words of the registry.  Pure; refuses to judge."""

import json
from collections.abc import Mapping
from typing import Any

from bot.ask import Field, Where
from bot.core.deed_ids import MENU, deed_of, read_entry
from bot.core.typed import split_word
from bot.registry import Registry
from bot.runner import Request
from bot.views.limits import unescape
from bot.views.notices import SAY_AGAIN

Body = Mapping[str, Any]

OWN_WORD = "sakidori"
HELP = "help"
_KINDS = {"directmessage": "im", "privategroup": "private"}


def read_command(body: Body, registry: Registry, prefix: str = "") -> Request:
    """A slash command: one of our own words, or `/sakidori WORD rest`."""
    slash = body["command"].removeprefix("/").removeprefix(prefix)
    text = unescape(body.get("text", "")).strip()
    word, text = find_word(registry, slash, text)
    return Request(
        "command",
        word,
        _team(body),
        body["user_id"],
        text=text,
        where=_command_place(body),
        body=body,
    )


def find_word(registry: Registry, slash: str, text: str) -> tuple[str, str]:
    """The command's word and what follows it; an unknown word is asked of help.

    Any word of ours may be a slash command of its own, also one that the manifest leaves out.
    """
    if registry.find("command", slash):
        return slash, text
    word, rest = split_word(text)
    if registry.find("command", word):
        return word, rest
    return HELP, text


def read_action(body: Body, registry: Registry) -> Request:
    """A button, a menu's entry or a select; the first action of the payload, as Slack sends one."""
    action = body["actions"][0]
    kind, key, value, text = (
        "button",
        deed_of(action["action_id"]),
        value_of(action).value or "",
        "",
    )
    if key == MENU:
        key, value = read_entry(value)
    if key == SAY_AGAIN:
        kind, (key, text), value = "command", find_word(registry, OWN_WORD, value), ""
    view = body.get("view") or {}
    return Request(
        kind,
        key,
        _team(body),
        body["user"]["id"],
        text=text,
        value=value,
        fields=read_fields(view.get("state") or body.get("state")),
        carried=_carried(view),
        where=_action_place(body),
        body=body,
        first_field=_first_input(view),
    )


def read_options(body: Body) -> Request:
    """A fragment typed into a type-ahead field."""
    view = body.get("view") or {}
    return Request(
        "options",
        deed_of(body["action_id"]),
        _team(body),
        body["user"]["id"],
        value=body.get("value", ""),
        fields=read_fields(view.get("state")),
        carried=_carried(view),
        where=_action_place(body),
        body=body,
    )


def read_submission(body: Body) -> Request:
    """A submitted form."""
    view = body["view"]
    return Request(
        "form",
        view["callback_id"],
        _team(body),
        body["user"]["id"],
        fields=read_fields(view.get("state")),
        carried=_carried(view),
        where=Where(kind="form"),
        body=body,
        first_field=_first_input(view),
    )


def read_shortcut(body: Body) -> Request:
    """A shortcut; one of a message brings the message's text."""
    message = body.get("message") or {}
    return Request(
        "shortcut",
        body["callback_id"],
        _team(body),
        body["user"]["id"],
        text=unescape(message.get("text", "")),
        where=_action_place(body),
        body=body,
    )


def read_event(body: Body) -> Request:
    """An event: `text` of a message, `value` the file's id or the name of a reaction."""
    event = body["event"]
    return Request(
        "event",
        event["type"],
        _event_team(body),
        str(event.get("user") or event.get("user_id") or ""),
        text=unescape(event.get("text", "")).strip(),
        value=event.get("file_id") or event.get("reaction") or "",
        where=_event_place(body),
        body=body,
    )


def meaning_of(body: Body) -> str:
    """What an event means, the same however often and in whatever envelope it is delivered."""
    event = body["event"]
    if "reaction" in event:
        place, ts = event["item"].get("channel", ""), event["item"].get("ts", "")
        return f"{event['type']}:{place}:{event.get('user', '')}:{ts}:{event['reaction']}"
    place = event.get("channel") or event.get("channel_id") or ""
    if isinstance(place, dict):
        place = place.get("id", "")
    what = event.get("file_id") or event.get("ts") or event.get("event_ts") or body.get("event_id")
    return f"{event['type']}:{place}:{event.get('user') or event.get('user_id') or ''}:{what}"


def is_for_us(body: Body) -> bool:
    """Whether an event is worth keeping: no bot's words, no edits, no chatter of channels.

    A dropped file comes as an event of its own, so its message is left out.
    """
    event = body["event"]
    if event["type"] != "message":
        return True
    is_plain = "subtype" not in event and "bot_id" not in event and "user" in event
    return is_plain and event.get("channel_type") == "im"


def read_fields(state: Any) -> dict[str, Field]:
    """A form's state by block_id."""
    values = (state or {}).get("values", {})
    return {
        block: value_of(element)
        for block, elements in values.items()
        for element in elements.values()
    }


def value_of(element: Body) -> Field:
    """What an element holds, whatever its kind."""
    chosen = element.get("selected_option")
    if chosen:
        return Field(chosen["value"])
    if "selected_options" in element:
        many = tuple(option["value"] for option in element["selected_options"])
        return Field(",".join(many), many)
    if element.get("files"):
        return Field(None, (), tuple(file["id"] for file in element["files"]))
    for name in ("value", "selected_date", "selected_time", "selected_user"):
        if element.get(name) is not None:
            return Field(str(element[name]))
    for name in ("selected_channel", "selected_conversation", "selected_date_time"):
        if element.get(name) is not None:
            return Field(str(element[name]))
    return Field()


def team_of(body: Body) -> tuple[str, str]:
    """Slack's own key of the workspace, `("", team)` outside a grid."""
    return _event_team(body) if body.get("type") == "event_callback" else _team(body)


def _team(body: Body) -> tuple[str, str]:
    enterprise = body.get("enterprise") or {}
    team = body.get("team") or {}
    return (
        str(body.get("enterprise_id") or enterprise.get("id") or ""),
        str(body.get("team_id") or team.get("id") or (body.get("user") or {}).get("team_id") or ""),
    )


def _event_team(body: Body) -> tuple[str, str]:
    """In a shared channel the outer team may be another company's: ours is the authorization's."""
    mine = (body.get("authorizations") or [{}])[0]
    return (
        str(mine.get("enterprise_id") or body.get("enterprise_id") or ""),
        str(mine.get("team_id") or body.get("team_id") or ""),
    )


def _command_place(body: Body) -> Where:
    channel = body.get("channel_id", "")
    kind = _KINDS.get(body.get("channel_name", ""), "public")
    return Where(channel=channel, kind="im" if channel.startswith("D") else kind)


def _action_place(body: Body) -> Where:
    view = body.get("view") or {}
    if view:
        return Where(kind="home" if view.get("type") == "home" else "form")
    channel = (body.get("channel") or {}).get("id")
    container = body.get("container") or {}
    message = body.get("message") or {}
    return Where(
        channel=channel,
        kind="im" if (channel or "D").startswith("D") else "public",
        ts=container.get("message_ts") or message.get("ts"),
        thread_ts=container.get("thread_ts") or message.get("thread_ts"),
    )


def _event_place(body: Body) -> Where:
    event = body["event"]
    # A reaction stands at the message it was put on.
    event = {**event, **event["item"], "type": event["type"]} if "item" in event else event
    channel = event.get("channel") or event.get("channel_id")
    if event["type"] == "app_home_opened":
        return Where(channel=channel, kind="home")
    kind = "im" if str(channel or "D").startswith("D") else "public"
    shared = bool(body.get("is_ext_shared_channel"))
    return Where(channel, kind, event.get("ts"), event.get("thread_ts"), shared)


def _carried(view: Body) -> dict[str, str]:
    try:
        carried = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in carried.items()} if isinstance(carried, dict) else {}


def _first_input(view: Body) -> str | None:
    inputs = (block for block in view.get("blocks", ()) if block.get("type") == "input")
    return next((block["block_id"] for block in inputs), None)

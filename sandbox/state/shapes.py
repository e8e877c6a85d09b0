"""Messages, people, channels and forms in the shape Slack's answers and payloads have."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.kinds import Json
from sandbox.spec import Channel, User, UserGroup
from sandbox.state.files import file_json
from sandbox.state.messages import Message
from sandbox.state.views import View
from sandbox.state.world import World

_CREATED = 1_700_000_000


def message_json(world: World, message: Message, base_url: str, with_metadata: bool = True) -> Json:
    """A message as history and events show it; metadata only where it was asked for."""
    team = world.workspace.team.id
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shown["team"] = team
    if message.by_bot:
        app = world.workspace.app
        shown |= {"bot_id": app.bot_id, "app_id": app.id}
    if message.subtype:
        shown["subtype"] = message.subtype
    for key in ("blocks", "attachments", "thread_ts"):
        if getattr(message, key):
            shown[key] = getattr(message, key)
    if message.edited_at:
        shown["edited"] = {"user": message.edited_by, "ts": message.edited_at}
    if message.files:
        shown["files"] = [file_json(world.files[each], base_url, team) for each in message.files]
    if message.metadata and with_metadata:
        shown["metadata"] = message.metadata
    return shown | _thread_facts(world, message) | _reaction_facts(message)


def _thread_facts(world: World, message: Message) -> Json:
    if message.is_reply:
        parent = world.messages.find(message.channel, message.thread_ts or "")
        return {"parent_user_id": parent.user} if parent else {}
    replies = world.messages.replies(message.channel, message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(each.user for each in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": people,
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
    }


def _reaction_facts(message: Message) -> Json:
    if not message.reactions:
        return {}
    return {
        "reactions": [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    }


def user_json(
    world: World, user: User, with_email: bool = False, with_locale: bool = False
) -> Json:
    """A person as `users.info` shows them; address and locale only where allowed and asked."""
    shown: Json = {
        "id": user.id,
        "team_id": user.team_id or world.workspace.team.id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name or user.name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": _offset_seconds(user.tz, world.clock.now()),
        "profile": profile_json(user, with_email),
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": _CREATED,
    }
    if user.is_stranger:
        shown["is_stranger"] = True
    if with_locale:
        shown["locale"] = user.locale
    return shown


def profile_json(user: User, with_email: bool) -> Json:
    profile: Json = {
        "real_name": user.real_name or user.name,
        "real_name_normalized": user.real_name or user.name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "title": user.role_label,
        "image_72": user.avatar,
    }
    if with_email and user.email:
        profile["email"] = user.email
    return profile


def _offset_seconds(tz: str, now: datetime) -> int:
    offset = now.astimezone(ZoneInfo(tz)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def channel_json(world: World, channel: Channel) -> Json:
    """A conversation as `conversations.info` shows it."""
    shown: Json = {
        "id": channel.id,
        "created": _CREATED,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_org_shared": False,
        "is_ext_shared": channel.is_ext_shared,
        "is_shared": channel.is_ext_shared,
        "context_team_id": world.workspace.team.id,
    }
    if channel.kind == "im":
        return shown | {"user": channel.members[0], "is_user_deleted": False, "is_open": True}
    return shown | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_general": channel.is_general,
        "is_member": world.is_bot_in(channel),
        "creator": world.workspace.app.bot_user_id,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def channel_name(channel: Channel) -> str:
    """The name a payload gives a conversation: people's own ones are not spelled out."""
    if channel.kind == "im":
        return "directmessage"
    return channel.name if channel.kind == "public" else "privategroup"


def usergroup_json(group: UserGroup, team: str, *, with_users: bool, with_count: bool) -> Json:
    shown: Json = {
        "id": group.id,
        "team_id": team,
        "is_usergroup": True,
        "name": group.name or group.handle,
        "handle": group.handle,
        "description": "",
        "is_external": False,
        "date_create": _CREATED,
        "date_delete": _CREATED if group.is_disabled else 0,
        **({"user_count": len(group.users)} if with_count else {}),
    }
    return shown | ({"users": list(group.users)} if with_users else {})


def view_json(world: World, view: View) -> Json:
    """A form or home as answers and payloads carry it, the person's entries in `state`."""
    app = world.workspace.app
    content = view.content
    return {
        "id": view.id,
        "team_id": world.workspace.team.id,
        "type": view.kind,
        "blocks": view.blocks,
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": view.state},
        "hash": view.hash,
        "title": content.get("title"),
        "submit": content.get("submit"),
        "close": content.get("close"),
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": app.id,
        "external_id": view.external_id,
        "app_installed_team_id": world.workspace.team.id,
        "bot_id": app.bot_id,
    }

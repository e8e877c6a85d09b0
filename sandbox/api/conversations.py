"""conversations.*: facts, members, history, threads, joining."""

from sandbox.api.call import Call, SlackError, method
from sandbox.api.paging import page_of
from sandbox.delivery import events
from sandbox.kinds import Json
from sandbox.spec import Channel
from sandbox.state.messages import Message
from sandbox.state.shapes import channel_json, message_json

KINDS = {
    "public": "channels:read",
    "private": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
_HISTORY = {kind: scope.replace(":read", ":history") for kind, scope in KINDS.items()}
_TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def wanted_kinds(call: Call) -> set[str]:
    """The kinds of conversation asked for by `types`; each needs its own scope."""
    names = call.args.text("types", "public_channel").split(",")
    try:
        kinds = {_TYPES[name.strip()] for name in names}
    except KeyError as problem:
        raise SlackError("invalid_types") from problem
    for kind in sorted(kinds):
        _need_scope(call, KINDS[kind])
    return kinds


def _need_scope(call: Call, scope: str) -> None:
    if scope not in call.token.scopes:
        provided = ",".join(sorted(call.token.scopes))
        raise SlackError("missing_scope", needed=scope, provided=provided)


@method("conversations.info", *KINDS.values(), tier="T3")
def info(call: Call) -> Json:
    channel = call.channel()
    _need_scope(call, KINDS[channel.kind])
    return {"channel": channel_json(call.world, channel)}


@method("conversations.list", *KINDS.values(), tier="T2")
def list_channels(call: Call) -> Json:
    kinds = wanted_kinds(call)
    found = [
        each
        for each in call.world.channels.values()
        if each.kind in kinds
        and (each.kind == "public" or call.world.is_bot_in(each))
        and not (each.is_archived and call.args.flag("exclude_archived"))
    ]
    channels, metadata = page_of(call, found, 100, 1000)
    shown = [channel_json(call.world, each) for each in channels]
    return {"channels": shown, "response_metadata": metadata}


@method("conversations.members", *KINDS.values(), tier="T4")
def members(call: Call) -> Json:
    channel = call.channel()
    _need_scope(call, KINDS[channel.kind])
    found, metadata = page_of(call, channel.members, 100, 1000)
    return {"members": found, "response_metadata": metadata}


@method("conversations.open", "im:write", "mpim:write", tier="T3")
def open_conversation(call: Call) -> Json:
    """The direct message with one person, or a group with several."""
    if call.args.text("channel"):
        return {"channel": _opened(call, call.channel())}
    given = [each for each in call.args.need("users").split(",") if each]
    for user_id in given:
        user = call.world.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        if user.deleted:
            raise SlackError("user_disabled")
        if user.is_bot:
            raise SlackError("cannot_dm_bot")
    _need_scope(call, "im:write" if len(given) == 1 else "mpim:write")
    channel = call.world.open_im(given[0]) if len(given) == 1 else _group(call, given)
    return {"channel": _opened(call, channel)}


def _group(call: Call, users: list[str]) -> Channel:
    members_wanted = {*users, call.world.workspace.app.bot_user_id}
    for channel in call.world.channels.values():
        if channel.kind == "mpim" and set(channel.members) == members_wanted:
            return channel
    name = "mpdm-" + "--".join(call.world.users[each].name for each in users)
    made = Channel(call.world.new_id("G"), name, "mpim", sorted(members_wanted))
    call.world.channels[made.id] = made
    return made


def _opened(call: Call, channel: Channel) -> Json:
    shown = channel_json(call.world, channel)
    return shown if call.args.flag("return_im") else {"id": channel.id}


@method("conversations.join", "channels:join", tier="T3")
def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    bot = call.world.workspace.app.bot_user_id
    if bot not in channel.members:
        channel.members.append(bot)
        events.membership_changed(call.slack, channel, bot, joined=True)
        call.world.channel_changed(channel.id)
    return {"channel": channel_json(call.world, channel)}


@method("conversations.history", *_HISTORY.values(), tier="T3")
def history(call: Call) -> Json:
    """Newest first; metadata only with `include_all_metadata`."""
    channel = call.member_channel()
    _need_scope(call, _HISTORY[channel.kind])
    found = _between(call, call.world.messages.history(channel.id))
    messages, metadata = page_of(call, found, 100, 999)
    return {
        "messages": [_shown(call, each) for each in messages],
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


@method("conversations.replies", *_HISTORY.values(), tier="T3")
def replies(call: Call) -> Json:
    """A thread, its parent first, oldest first."""
    channel = call.member_channel()
    _need_scope(call, _HISTORY[channel.kind])
    parent = call.message(channel, call.args.need("ts"), "thread_not_found")
    found = _between(call, call.world.messages.replies(channel.id, parent.ts))
    messages, metadata = page_of(call, [parent, *found], 1000, 1000)
    return {
        "messages": [_shown(call, each) for each in messages],
        "has_more": bool(metadata["next_cursor"]),
        "response_metadata": metadata,
    }


def _between(call: Call, messages: list[Message]) -> list[Message]:
    """Messages after `oldest` and before `latest`; the ends count only when `inclusive`."""
    oldest, latest = _stamp(call, "oldest", 0.0), _stamp(call, "latest", float("inf"))
    if call.args.flag("inclusive"):
        return [each for each in messages if oldest <= float(each.ts) <= latest]
    return [each for each in messages if oldest < float(each.ts) < latest]


def _stamp(call: Call, name: str, default: float) -> float:
    given = call.args.text(name)
    try:
        return float(given) if given else default
    except ValueError as problem:
        raise SlackError(f"invalid_ts_{name}") from problem


def _shown(call: Call, message: Message) -> Json:
    with_metadata = call.args.flag("include_all_metadata")
    return message_json(call.world, message, call.slack.base_url, with_metadata)

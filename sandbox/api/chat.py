"""chat.*: posting, changing and removing messages."""

from sandbox.api.call import Call, RateLimited, SlackError, method, refuse
from sandbox.judging import judge_message
from sandbox.kinds import Json
from sandbox.posting import post_as_bot, remove_message, replace_content
from sandbox.rules import Problem
from sandbox.spec import Channel
from sandbox.state.messages import Message
from sandbox.state.shapes import message_json

_CONTENT = ("text", "blocks", "attachments", "metadata")
_ERROR_OF = {
    "no_text": "no_text",
    "msg_blocks_too_long": "msg_blocks_too_long",
    "metadata_too_large": "metadata_too_large",
}


def read_content(call: Call) -> Json:
    """The text, blocks, attachments and metadata of a call, only those given."""
    args = call.args
    content: Json = {"text": args.text("text")} if args.has("text") else {}
    for name in ("blocks", "attachments", "metadata"):
        if args.has(name):
            content[name] = args.structure(name)
    return content


def refuse_bad_content(call: Call, content: Json) -> None:
    """Raise the error Slack has for the first problem, all of them in the messages."""
    refuse_message(judge_message(call.slack, content))


def refuse_message(problems: list[Problem]) -> None:
    if problems:
        first = problems[0]
        error = _ERROR_OF.get(first.code) or _error_for_place(first.pointer)
        refuse(error, problems)


def _error_for_place(pointer: str) -> str:
    if pointer.startswith("/metadata"):
        return "invalid_metadata_format"
    return "invalid_attachments" if pointer.startswith("/attachments") else "invalid_blocks"


def _target(call: Call) -> Channel:
    """Where to post: a channel the bot is in, or a person's direct message."""
    given = call.args.need("channel")
    person = call.world.users.get(given)
    if person is not None:
        if person.is_bot or person.deleted:
            raise SlackError("channel_not_found")
        return call.world.open_im(person.id)
    channel = call.member_channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    if not call.args.text("thread_ts"):
        return None
    parent = call.message(channel, call.args.text("thread_ts"), "thread_not_found")
    if parent.is_reply:
        raise SlackError("cannot_reply_to_message")
    return parent.ts


@method("chat.postMessage", "chat:write", tier="post")
def post_message(call: Call) -> Json:
    channel = _target(call)
    thread_ts = _thread(call, channel)
    content = read_content(call)
    refuse_bad_content(call, content)
    wait = call.slack.limiter.wait_for_post(channel.id, call.world.clock.elapsed())
    if wait:
        raise RateLimited(wait)
    broadcast = thread_ts is not None and call.args.flag("reply_broadcast")
    posted = post_as_bot(call.slack, channel, content, thread_ts=thread_ts, broadcast=broadcast)
    return _shown(call, posted)


@method("chat.update", "chat:write", tier="T3")
def update(call: Call) -> Json:
    channel = call.member_channel()
    message = call.message(channel, call.args.need("ts"))
    if not message.by_bot:
        raise SlackError("cant_update_message")
    content = read_content(call)
    if not content:
        raise SlackError("no_text")
    kept = {name: getattr(message, name) for name in _CONTENT if getattr(message, name)}
    if content.get("text"):
        kept.pop("blocks", None)
    refuse_bad_content(call, {**kept, **content})
    replace_content(call.slack, message, content)
    return _shown(call, message) | {"text": message.text}


@method("chat.delete", "chat:write", tier="T3")
def delete(call: Call) -> Json:
    channel = call.member_channel()
    message = call.message(channel, call.args.need("ts"))
    if not message.by_bot:
        raise SlackError("cant_delete_message")
    remove_message(call.slack, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.postEphemeral", "chat:write", tier="T4")
def post_ephemeral(call: Call) -> Json:
    channel = call.member_channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    user = call.args.need("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = read_content(call)
    refuse_bad_content(call, content)
    thread_ts = _thread(call, channel)
    posted = post_as_bot(call.slack, channel, content, thread_ts=thread_ts, ephemeral_for=user)
    return {"message_ts": posted.ts}


@method("chat.getPermalink", tier="free")
def get_permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel, call.args.need("message_ts"))
    link = f"{call.slack.base_url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _shown(call: Call, message: Message) -> Json:
    shown = message_json(call.world, message, call.slack.base_url)
    return {"channel": message.channel, "ts": message.ts, "message": shown}

"""reactions.*: small answers under a message."""

import re

from sandbox.api.call import Call, SlackError, method
from sandbox.delivery import events
from sandbox.kinds import Json
from sandbox.state.messages import Message
from sandbox.state.shapes import message_json

_NAME = re.compile(r"[\w+'-]+(::skin-tone-[2-6])?")


@method("reactions.add", "reactions:write", tier="T3")
def add(call: Call) -> Json:
    message, name = _target(call, "timestamp"), _name(call)
    people = message.reactions.setdefault(name, [])
    bot = call.world.workspace.app.bot_user_id
    if bot in people:
        raise SlackError("already_reacted")
    people.append(bot)
    events.reaction_added(call.slack, message, bot, name)
    call.world.channel_changed(message.channel)
    return {}


@method("reactions.remove", "reactions:write", tier="T2")
def remove(call: Call) -> Json:
    message, name = _target(call, "timestamp"), _name(call)
    people = message.reactions.get(name, [])
    bot = call.world.workspace.app.bot_user_id
    if bot not in people:
        raise SlackError("no_reaction")
    people.remove(bot)
    if not people:
        del message.reactions[name]
    call.world.channel_changed(message.channel)
    return {}


@method("reactions.get", "reactions:read", tier="T3")
def get(call: Call) -> Json:
    message = _target(call, "timestamp")
    shown = message_json(call.world, message, call.slack.base_url)
    return {"type": "message", "channel": message.channel, "message": shown}


def _target(call: Call, name: str) -> Message:
    return call.message(call.member_channel(), call.args.need(name))


def _name(call: Call) -> str:
    name = call.args.need("name").strip(":")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name

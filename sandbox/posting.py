"""Putting a message into a channel, whoever says it, and telling the bot about it."""

import secrets
from copy import deepcopy
from typing import Any

from sandbox.delivery import events
from sandbox.kinds import Json
from sandbox.rules.surfaces import elements_of
from sandbox.slack import Slack
from sandbox.spec import Channel
from sandbox.state.messages import Message

TEXT_KEPT = 40_000
"""Slack cuts a message's text here."""


def with_ids(blocks: list[Json] | None) -> list[Json] | None:
    """A copy of the blocks in which every block and element has the id Slack would give it."""
    if blocks is None:
        return None
    named = deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for _, element in elements_of(block):
            if element.get("type") not in {"image", "mrkdwn", "plain_text"}:
                element.setdefault("action_id", secrets.token_urlsafe(4))
        for child in block.get("child_blocks", []):
            child.setdefault("block_id", secrets.token_urlsafe(4))
    return named


def post_as_bot(slack: Slack, channel: Channel, content: Json, **facts: Any) -> Message:
    """Post what the bot said; `content` is proved already. Facts go into the message as given."""
    world = slack.world
    message = Message(
        ts=world.clock.stamp(),
        channel=channel.id,
        user=world.workspace.app.bot_user_id,
        text=str(content.get("text", ""))[:TEXT_KEPT],
        by_bot=True,
        blocks=with_ids(content.get("blocks") or None),
        attachments=content.get("attachments") or [],
        metadata=content.get("metadata") or None,
        **facts,
    )
    world.add_message(message)
    if message.ephemeral_for is None:
        events.message_posted(slack, channel, message)
    return message


def post_as_person(slack: Slack, channel: Channel, user: str, text: str, **facts: Any) -> Message:
    """Post what a person said, text escaped already; the bot hears it as an event."""
    world = slack.world
    message = Message(
        ts=world.clock.stamp(), channel=channel.id, user=user, text=text[:TEXT_KEPT], **facts
    )
    world.add_message(message)
    events.message_posted(slack, channel, message)
    return message


def replace_content(slack: Slack, message: Message, content: Json) -> None:
    """Change a bot's message: what is absent stays, an empty list or object removes.

    Text without blocks takes the blocks away; only text that is shown leaves an edited mark.
    """
    world = slack.world
    if content.get("text") and content.get("blocks") is None:
        content = {**content, "blocks": []}
    if content.get("text") is not None:
        message.text = str(content["text"])[:TEXT_KEPT]
    if content.get("blocks") is not None:
        message.blocks = with_ids(content["blocks"]) or None
        message.state = {}
    if content.get("attachments") is not None:
        message.attachments = content["attachments"]
    if content.get("metadata") is not None:
        message.metadata = content["metadata"] or None
    if message.ephemeral_for is None:
        _mark_edited(slack, message)
        events.message_changed(slack, world.channels[message.channel], message)
    world.channel_changed(message.channel)


def _mark_edited(slack: Slack, message: Message) -> None:
    if not message.blocks:
        message.edited_by = slack.world.workspace.app.bot_user_id
        message.edited_at = slack.world.clock.stamp()


def remove_message(slack: Slack, message: Message) -> None:
    world = slack.world
    world.messages.remove(message)
    if message.ephemeral_for is None:
        events.message_deleted(slack, world.channels[message.channel], message)
    world.channel_changed(message.channel)

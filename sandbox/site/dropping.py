"""Putting a file into a channel and telling the bot."""

from sandbox.delivery import events
from sandbox.kinds import Json
from sandbox.posting import post_as_bot, post_as_person
from sandbox.slack import Slack
from sandbox.spec import Channel
from sandbox.state.files import StoredFile
from sandbox.state.messages import Message


def keep_file(slack: Slack, user: str, name: str, content: bytes) -> StoredFile:
    """A person's file, not shown anywhere yet; the bot hears file_created."""
    world = slack.world
    created = int(world.clock.now().timestamp())
    file = StoredFile(world.new_id("F"), name, user, created, len(content), content)
    file.completed = True
    world.files[file.id] = file
    events.emit(slack, "file_created", {"type": "file_created", "file_id": file.id})
    return file


def show_files(
    slack: Slack,
    channel: Channel,
    user: str,
    files: list[StoredFile],
    text: str = "",
    thread_ts: str | None = None,
    blocks: list[Json] | None = None,
) -> Message:
    """The message that shows files in a channel, with file_shared for each."""
    for file in files:
        file.channels.append(channel.id)
    facts = {"files": [file.id for file in files], "thread_ts": thread_ts, "subtype": "file_share"}
    if user == slack.world.workspace.app.bot_user_id:
        posted = post_as_bot(slack, channel, {"text": text, "blocks": blocks}, **facts)
    else:
        posted = post_as_person(slack, channel, user, text, **facts)
    for file in files:
        events.file_shared(slack, channel, file)
    return posted

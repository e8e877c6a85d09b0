"""files.*: uploading in three steps, and facts of a file."""

from typing import Any

from sandbox.api.call import Call, SlackError, method, refuse
from sandbox.api.chat import refuse_bad_content
from sandbox.kinds import Json
from sandbox.rules import Problem
from sandbox.site.dropping import show_files
from sandbox.spec import Channel
from sandbox.state.files import StoredFile, file_json

LARGEST = 1_000_000_000
"""Slack takes files up to one gigabyte."""


@method("files.getUploadURLExternal", "files:write", tier="T4")
def get_upload_url(call: Call) -> Json:
    length = _length(call)
    name = call.args.need("filename")
    bot = call.world.workspace.app.bot_user_id
    created = int(call.world.clock.now().timestamp())
    file = StoredFile(call.world.new_id("F"), name, bot, created, length)
    call.world.files[file.id] = file
    return {"upload_url": f"{call.slack.base_url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write", tier="T4")
def complete_upload(call: Call) -> Json:
    """Make uploaded files real and show them in a channel, if one is named."""
    files = [_uploaded(call, each) for each in _listed(call)]
    channel = _channel(call)
    thread_ts = call.args.text("thread_ts") or None
    if channel is not None and thread_ts:
        call.message(channel, thread_ts, "thread_not_found")
    comment = call.args.text("initial_comment")
    blocks = call.args.structure("blocks")
    if blocks is not None:
        refuse_bad_content(call, {"text": comment or "-", "blocks": blocks})
    for file in files:
        file.completed = True
    if channel is not None:
        bot = call.world.workspace.app.bot_user_id
        show_files(call.slack, channel, bot, files, comment, thread_ts, blocks)
    return {"files": [_shown(call, each) for each in files]}


@method("files.info", "files:read", tier="T4")
def info(call: Call) -> Json:
    file = call.world.files.get(call.args.need("file"))
    if file is None or not file.completed or not _can_see(call, file):
        raise SlackError("file_not_found")
    return {"file": _shown(call, file), "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.delete", "files:write", tier="T3")
def delete(call: Call) -> Json:
    file = call.world.files.get(call.args.need("file"))
    if file is None:
        raise SlackError("file_not_found")
    if file.user != call.world.workspace.app.bot_user_id:
        raise SlackError("cant_delete_file")
    file.content, file.completed = None, False
    return {}


def _length(call: Call) -> int:
    try:
        length = int(call.args.need("length"))
    except ValueError as problem:
        raise SlackError("invalid_arguments") from problem
    if length <= 0:
        refuse("invalid_arguments", [Problem("/length", "out_of_range", "must be at least 1")])
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    return length


def _listed(call: Call) -> list[Any]:
    files = call.args.structure("files")
    if not isinstance(files, list) or not files:
        refuse("invalid_arguments", [Problem("/files", "missing", "needs at least one file")])
    return list(files)


def _uploaded(call: Call, entry: Any) -> StoredFile:
    file = call.world.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or file.content is None or file.completed:
        raise SlackError("file_not_found")
    file.title = str(entry.get("title") or file.name)
    return file


def _channel(call: Call) -> Channel | None:
    """The channel to show the files in: by `channel_id`, `channel`, or a person's own."""
    for name in ("channel_id", "channel"):
        if call.args.text(name):
            person = call.world.users.get(call.args.text(name))
            channel = call.world.open_im(person.id) if person else call.member_channel(name)
            if channel.is_archived:
                raise SlackError("is_archived")
            return channel
    return None


def _can_see(call: Call, file: StoredFile) -> bool:
    if file.user == call.world.workspace.app.bot_user_id:
        return True
    return any(call.world.is_bot_in(call.world.channels[each]) for each in file.channels)


def _shown(call: Call, file: StoredFile) -> Json:
    return file_json(file, call.slack.base_url, call.world.workspace.team.id)

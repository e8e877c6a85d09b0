"""What a person sees: workspace, channel, thread, home, forms."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.kinds import Json
from sandbox.site.door import Visit, read_visit
from sandbox.slack import Slack
from sandbox.spec import Channel
from sandbox.state.files import file_json
from sandbox.state.messages import Message
from sandbox.state.shapes import view_json


async def workspace(request: Request) -> Response:
    """Team, app, people, channels and the business time; no secrets."""
    slack: Slack = request.app.state.slack
    world = slack.world
    spec = world.workspace
    people = [user for user in world.users.values() if not user.deleted]
    return JSONResponse(
        {
            "team": vars(spec.team),
            "app": {
                "id": spec.app.id,
                "name": spec.app.name,
                "user_id": spec.app.bot_user_id,
                "commands": [vars(each) for each in spec.app.commands],
                "shortcuts": [vars(each) | {"type": each.kind} for each in spec.app.shortcuts],
            },
            "users": [vars(user) | {"is_guest": user.is_guest} for user in people],
            "usergroups": [vars(group) for group in world.usergroups.values()],
            "channels": [_shown_channel(channel) for channel in world.channels.values()],
            "ops_channel": spec.settings.ops_channel,
            "has_next_day": bool(spec.settings.next_day_url),
            "now": world.clock.now().isoformat(),
        }
    )


async def channel_view(request: Request) -> Response:
    """A channel's messages as this person sees them, oldest first, replies folded away."""
    visit = await read_visit(request)
    channel, shown = visit.channel, list_shown(visit)
    now = visit.slack.world.clock.now().isoformat()
    return JSONResponse({"channel": vars(channel), "messages": shown, "now": now})


def list_shown(visit: Visit) -> list[Json]:
    """The messages of the visit's channel, oldest first, replies folded away."""
    return [
        shown_message(visit, each)
        for each in visit.slack.world.messages.all(visit.channel.id)
        if each.ephemeral_for in (None, visit.user) and (not each.is_reply or each.broadcast)
    ]


async def thread(request: Request) -> Response:
    """A thread: its parent, then the replies."""
    visit = await read_visit(request)
    parent = visit.message(visit.channel.id, str(visit.body["ts"]))
    replies = [
        each
        for each in visit.slack.world.messages.all(parent.channel)
        if each.thread_ts == parent.ts and each is not parent
    ]
    seen = [each for each in replies if each.ephemeral_for in (None, visit.user)]
    return JSONResponse({"messages": [shown_message(visit, each) for each in [parent, *seen]]})


async def home(request: Request) -> Response:
    visit = await read_visit(request)
    found = visit.slack.world.views.homes.get(visit.user)
    return JSONResponse({"view": view_json(visit.slack.world, found) if found else None})


async def modal(request: Request) -> Response:
    """The person's open forms, the topmost last."""
    visit = await read_visit(request)
    world = visit.slack.world
    return JSONResponse(
        {"stack": [view_json(world, each) for each in world.views.stack(visit.user)]}
    )


async def file_content(request: Request) -> Response:
    """A file's bytes for somebody who sees one of its channels."""
    visit = await read_visit(request)
    file = visit.slack.world.files.get(str(visit.body.get("id")))
    if file is None or file.content is None or not _sees_file(visit, file.channels):
        return PlainTextResponse("not found", 404)
    quoted = file.name.encode("ascii", "replace").decode().replace('"', "")
    disposition = {"Content-Disposition": f'inline; filename="{quoted}"'}
    return Response(file.content, media_type=file.mimetype, headers=disposition)


def _shown_channel(channel: Channel) -> Json:
    owner = {"user": channel.members[0]} if channel.kind == "im" else {}
    return vars(channel) | owner


def _sees_file(visit: Visit, channels: list[str]) -> bool:
    world = visit.slack.world
    return any(world.can_see(visit.user, world.channels[each]) for each in channels)


def shown_message(visit: Visit, message: Message) -> Json:
    """A message as the page draws it."""
    world = visit.slack.world
    replies = world.messages.replies(message.channel, message.ts)
    return {
        "ts": message.ts,
        "channel": message.channel,
        "user": message.user,
        "bot": message.by_bot,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "state": message.state,
        "thread_ts": message.thread_ts,
        "reply_count": len(replies),
        "latest_reply": replies[-1].ts if replies else None,
        "ephemeral": message.ephemeral_for is not None,
        "edited": message.edited_at is not None,
        "subtype": message.subtype,
        "files": [_shown_file(visit, each) for each in message.files],
        "reactions": [
            {"name": name, "users": users, "count": len(users)}
            for name, users in message.reactions.items()
        ],
    }


def _shown_file(visit: Visit, file_id: str) -> Json:
    """A file with addresses this person's browser may open: Slack's own need a token."""
    world = visit.slack.world
    shown = file_json(world.files[file_id], visit.slack.base_url, world.workspace.team.id)
    address = f"/page/api/file?as={visit.user}&id={file_id}"
    return shown | {"url_private": address, "url_private_download": address}

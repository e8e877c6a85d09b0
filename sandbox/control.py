"""Controls and inspection for tests: state, reset, faults, clock, membership, uninstall."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.delivery import events
from sandbox.kinds import Json
from sandbox.slack import Slack
from sandbox.state.shapes import message_json, view_json


async def state(request: Request) -> Response:
    """Everything: messages by channel, ephemerals, homes, forms, calls, deliveries."""
    slack: Slack = request.app.state.slack
    world = slack.world
    shown = {
        channel: [
            message_json(world, each, slack.base_url) | {"ephemeral_for": each.ephemeral_for}
            for each in world.messages.all(channel)
        ]
        for channel in world.channels
    }
    return JSONResponse(
        {
            "now": world.clock.now().isoformat(),
            "messages": {
                channel: [each for each in messages if not each["ephemeral_for"]]
                for channel, messages in shown.items()
            },
            "ephemerals": [
                each | {"channel": channel}
                for channel, messages in shown.items()
                for each in messages
                if each["ephemeral_for"]
            ],
            "homes": {user: view_json(world, each) for user, each in world.views.homes.items()},
            "views": {
                user: [view_json(world, each) for each in stack]
                for user, stack in world.views.stacks.items()
                if stack
            },
            "files": [each.name for each in world.files.values() if each.completed],
            "calls": slack.calls,
            "deliveries": slack.courier.log,
            "under_way": slack.courier.under_way,
            "sockets": len(slack.courier.sockets.connections),
        }
    )


async def reset(request: Request) -> Response:
    """Start afresh; a body replaces the workspace."""
    slack: Slack = request.app.state.slack
    body = await _json(request)
    slack.reset(body or None)
    return JSONResponse({"ok": True})


async def faults(request: Request) -> Response:
    slack: Slack = request.app.state.slack
    if request.method == "DELETE":
        slack.faults.clear()
        return JSONResponse({"ok": True})
    try:
        slack.faults.add(await _json(request))
    except ValueError as problem:
        return JSONResponse({"ok": False, "error": str(problem)}, 400)
    return JSONResponse({"ok": True})


async def clock(request: Request) -> Response:
    """Set business time: `{"now": "<ISO instant>"}`."""
    slack: Slack = request.app.state.slack
    try:
        slack.world.clock.set_now(datetime.fromisoformat((await _json(request))["now"]))
    except (KeyError, ValueError) as problem:
        return JSONResponse({"ok": False, "error": str(problem)}, 400)
    return JSONResponse({"ok": True, "now": slack.world.clock.now().isoformat()})


async def delivery(request: Request) -> Response:
    """Say where the bot is: `{"bot_url": ..., "next_day_url": ...}`."""
    slack: Slack = request.app.state.slack
    body = await _json(request)
    slack.courier.bot_url = body.get("bot_url", slack.courier.bot_url)
    settings = slack.world.workspace.settings
    settings.next_day_url = body.get("next_day_url", settings.next_day_url)
    return JSONResponse({"ok": True})


async def disconnect(request: Request) -> Response:
    """Ask every Socket Mode connection to come again."""
    slack: Slack = request.app.state.slack
    body = await _json(request)
    count = await slack.courier.sockets.refresh(body.get("reason", "refresh_requested"))
    return JSONResponse({"ok": True, "count": count})


async def membership(request: Request) -> Response:
    """Let somebody join or leave: `{"channel", "user", "joined": true|false}`."""
    slack: Slack = request.app.state.slack
    body = await _json(request)
    channel = slack.world.channels[body["channel"]]
    joined = bool(body.get("joined", True))
    if joined and body["user"] not in channel.members:
        channel.members.append(body["user"])
    if not joined and body["user"] in channel.members:
        channel.members.remove(body["user"])
    events.membership_changed(slack, channel, body["user"], joined=joined)
    return JSONResponse({"ok": True})


async def channel(request: Request) -> Response:
    """Change facts of a channel: `{"channel", "is_archived"?, "is_ext_shared"?}`."""
    slack: Slack = request.app.state.slack
    body = await _json(request)
    found = slack.world.channels[body["channel"]]
    found.is_archived = bool(body.get("is_archived", found.is_archived))
    found.is_ext_shared = bool(body.get("is_ext_shared", found.is_ext_shared))
    return JSONResponse({"ok": True})


async def uninstall(request: Request) -> Response:
    """Remove the app: its tokens are revoked and the bot hears of it."""
    slack: Slack = request.app.state.slack
    events.app_uninstalled(slack)
    for token in slack.world.tokens.values():
        if token.kind == "bot":
            token.is_revoked = True
    return JSONResponse({"ok": True})


async def _json(request: Request) -> Json:
    return dict(await request.json()) if await request.body() else {}


CONTROL_ROUTES = [
    Route("/sandbox/state", state),
    Route("/sandbox/reset", reset, methods=["POST"]),
    Route("/sandbox/faults", faults, methods=["POST", "DELETE"]),
    Route("/sandbox/clock", clock, methods=["POST"]),
    Route("/sandbox/delivery", delivery, methods=["POST"]),
    Route("/sandbox/disconnect", disconnect, methods=["POST"]),
    Route("/sandbox/membership", membership, methods=["POST"]),
    Route("/sandbox/channel", channel, methods=["POST"]),
    Route("/sandbox/uninstall", uninstall, methods=["POST"]),
]

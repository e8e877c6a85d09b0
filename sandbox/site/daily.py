"""The "next day" press: the day's files first, then the bot is asked to live through the day."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.clock import Clock
from sandbox.delivery.http import post_signed
from sandbox.delivery.signing import signed_headers
from sandbox.kinds import Json
from sandbox.site.dropping import keep_file, show_files
from sandbox.slack import Slack

DAY_SECONDS = 600.0
"""A day may run long in the demo: jobs, digests, imports of the day's files."""

_QUIET_SECONDS = 30.0


async def next_day(request: Request) -> Response:
    """Start the next day in the background; a second press while one runs changes nothing."""
    slack: Slack = request.app.state.slack
    body = dict(await request.json()) if await request.body() else {}
    if not slack.world.workspace.settings.next_day_url:
        return JSONResponse({"error": "no next-day address is configured"}, 409)
    if slack.progress.get("running"):
        return JSONResponse({"started": False, **slack.progress})
    target = _day_after(slack, int(body.get("days", 1)))
    slack.progress = {"running": True, "advance_to": target, "label": target, "done": 0, "total": 1}
    slack.start(_run(slack, target))
    return JSONResponse({"started": True, **slack.progress})


async def progress(request: Request) -> Response:
    """How far the running day is: `{running, advance_to, label, done, total, error?, result?}`."""
    slack: Slack = request.app.state.slack
    return JSONResponse({"running": False, **slack.progress})


def _day_after(slack: Slack, days: int) -> str:
    zone = ZoneInfo(slack.world.workspace.team.tz)
    today = slack.world.clock.now().astimezone(zone).date()
    return (today + timedelta(days=days)).isoformat()


async def _run(slack: Slack, target: str) -> None:
    try:
        await _deliver_files(slack, target)
        slack.progress["label"] = target
        result = await _ask_bot(slack, target)
        _step(slack, target)
        slack.progress |= {"result": result, "error": result.get("error")}
    finally:
        slack.progress["running"] = False
        slack.progress["now"] = slack.world.clock.now().isoformat()
        _tell(slack)


async def _deliver_files(slack: Slack, target: str) -> None:
    """Drop the day's files and wait until the bot took the news of them."""
    settings = slack.world.workspace.settings
    channel = slack.world.channels.get(settings.ops_channel)
    folder = Path(settings.daily_dir) / target
    if not settings.daily_dir or channel is None or not folder.is_dir():
        return
    paths = sorted(each for each in folder.iterdir() if each.is_file())
    slack.progress["total"] += len(paths)
    files = []
    for path in paths:
        content = await asyncio.to_thread(path.read_bytes)
        files.append(keep_file(slack, settings.delivery_user, path.name, content))
        _step(slack, path.name)
    if files:
        show_files(slack, channel, settings.delivery_user, files)
    await _until_quiet(slack)


async def _until_quiet(slack: Slack) -> None:
    deadline = Clock.elapsed() + _QUIET_SECONDS
    await asyncio.sleep(0)
    while slack.courier.under_way and Clock.elapsed() < deadline:
        await asyncio.sleep(0.02)


async def _ask_bot(slack: Slack, target: str) -> Json:
    workspace = slack.world.workspace
    body = json.dumps({"advance_to": target}).encode()
    headers = {"Content-Type": "application/json"}
    headers |= signed_headers(workspace.app.signing_secret, body, Clock.epoch())
    answer = await post_signed(workspace.settings.next_day_url, body, headers, DAY_SECONDS)
    if answer.error or not isinstance(answer.body, dict):
        said = (answer.body or answer.error) if answer.error else "the answer was not JSON"
        return {"error": f"the bot did not finish {target}: {said}"}
    if "now" in answer.body:
        slack.world.clock.set_now(datetime.fromisoformat(str(answer.body["now"])))
    return dict(answer.body)


def _step(slack: Slack, label: str) -> None:
    slack.progress |= {"label": label, "done": slack.progress["done"] + 1}
    _tell(slack)


def _tell(slack: Slack) -> None:
    slack.world.changed("*", {"what": "progress", "progress": dict(slack.progress)})

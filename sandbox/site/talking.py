"""What a person does in channels: typing, commands, reactions, files, language, shortcuts."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.delivery import events, interactions
from sandbox.delivery.answer import Answer
from sandbox.delivery.commands import run_command
from sandbox.posting import post_as_person
from sandbox.site.door import PageError, Visit, read_visit
from sandbox.site.dropping import keep_file, show_files
from sandbox.slack import Slack
from sandbox.state.files import file_json
from sandbox.writing import with_mentions


async def message(request: Request) -> Response:
    """A typed line; one that begins with / is a command."""
    visit = await read_visit(request)
    channel, text = visit.channel, str(visit.body.get("text", ""))
    thread_ts = _thread(visit)
    if not text.strip():
        raise PageError("nothing was typed")
    if channel.is_archived:
        return JSONResponse({"error": "This channel has been archived."})
    if text.startswith("/"):
        error = await run_command(visit.slack, visit.user, channel, text, thread_ts)
        return JSONResponse({"error": error} if error else {"ok": True})
    if visit.user not in channel.members:
        return JSONResponse({"error": "You are not in this channel."})
    said = with_mentions(visit.slack.world, text)
    posted = post_as_person(visit.slack, channel, visit.user, said, thread_ts=thread_ts)
    return JSONResponse({"ok": True, "ts": posted.ts})


def _thread(visit: Visit) -> str | None:
    given = visit.body.get("thread_ts")
    return visit.message(visit.channel.id, str(given)).ts if given else None


async def reaction(request: Request) -> Response:
    """Add a reaction, or take one's own back."""
    visit = await read_visit(request)
    found = visit.message(visit.channel.id, str(visit.body["ts"]))
    name = str(visit.body["name"]).strip(":")
    people = found.reactions.setdefault(name, [])
    if visit.user in people:
        people.remove(visit.user)
        if not people:
            del found.reactions[name]
    else:
        people.append(visit.user)
        events.reaction_added(visit.slack, found, visit.user, name)
    visit.slack.world.channel_changed(found.channel)
    return JSONResponse({"ok": True})


async def upload(request: Request) -> Response:
    """Drop a file into a channel; without one it is only kept, for the file field of a form."""
    async with request.form() as form:
        return await _take_upload(request.app.state.slack, form)


async def _take_upload(slack: Slack, form: FormData) -> Response:
    visit = Visit(slack, str(form.get("as", "")), {"channel": form.get("channel")})
    if visit.user not in slack.world.users:
        raise PageError(f"no such person: {visit.user or '(none)'}")
    file = form.get("file")
    if file is None or isinstance(file, str):
        raise PageError("no file was sent")
    content = await file.read()
    text = with_mentions(slack.world, str(form.get("text", "")))
    kept = keep_file(slack, visit.user, file.filename or "file", content)
    ts = None
    if visit.body["channel"]:
        ts = show_files(slack, visit.channel, visit.user, [kept], text).ts
    shown = file_json(kept, slack.base_url, slack.world.workspace.team.id)
    return JSONResponse({"ok": True, "ts": ts, "file": shown})


async def language(request: Request) -> Response:
    """Switch a person's language."""
    visit = await read_visit(request)
    visit.slack.world.users[visit.user].locale = str(visit.body["locale"])
    events.user_changed(visit.slack, visit.user)
    visit.slack.world.changed(visit.user, {"what": "home"})
    return JSONResponse({"ok": True})


async def open_home(request: Request) -> Response:
    visit = await read_visit(request)
    events.home_opened(visit.slack, visit.user, str(visit.body.get("tab", "home")))
    return JSONResponse({"ok": True})


async def shortcut(request: Request) -> Response:
    """Run a global shortcut, or a message's when a message is named."""
    visit = await read_visit(request)
    answer = await visit.slack.courier.interaction(_shortcut_payload(visit))
    return failed(answer) or JSONResponse({"ok": True})


def _shortcut_payload(visit: Visit) -> dict[str, object]:
    callback_id = str(visit.body["callback_id"])
    kind = "message" if visit.body.get("ts") else "global"
    offered = visit.slack.world.workspace.app.shortcuts
    if not any(each.callback_id == callback_id and each.kind == kind for each in offered):
        raise PageError(f"no {kind} shortcut {callback_id}")
    if kind == "global":
        return interactions.global_shortcut(visit.slack, visit.user, callback_id)
    found = visit.message(visit.channel.id, str(visit.body["ts"]))
    return interactions.message_shortcut(visit.slack, visit.user, callback_id, found)


def failed(answer: Answer) -> Response | None:
    """The page's answer when the bot did not take a delivery."""
    return JSONResponse({"error": answer.error}) if answer.error else None

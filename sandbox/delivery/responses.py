"""Answers after the acknowledgement: `response_url` and the body of a command's answer."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.api.dispatch import before_writing
from sandbox.connections import drop
from sandbox.judging import blunders, judge_message
from sandbox.kinds import Json
from sandbox.posting import post_as_bot, remove_message, replace_content
from sandbox.slack import Slack
from sandbox.state.messages import Message
from sandbox.state.tickets import ResponseAddress


async def response_url(request: Request) -> Response:
    """Take one answer; spent, expired and unknown addresses are refused."""
    slack: Slack = request.app.state.slack
    fault = slack.faults.choose("response_url")
    if fault is not None:
        early = await before_writing(request, fault)
        if early is not None:
            return early
    problem = _take(slack, request.path_params["name"], await _body(request))
    slack.record({"method": "response_url", "error": problem})
    if fault is not None and fault.kind == "drop_after":
        return await drop(request)
    if problem:
        return JSONResponse({"ok": False, "error": problem}, 404 if "url" in problem else 400)
    return JSONResponse({"ok": True})


async def _body(request: Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        return None


def _take(slack: Slack, name: str, body: Any) -> str | None:
    address = slack.world.responses.get(name)
    if address is None or address.is_expired(slack.world.clock.elapsed()):
        return "expired_url"
    if address.is_spent():
        return "used_url"
    if not isinstance(body, dict):
        return "invalid_payload"
    problem = place_response(slack, address, body)
    if problem is None:
        address.uses += 1
    return problem


def place_response(slack: Slack, address: ResponseAddress, body: Json) -> str | None:
    """Show an answer where it belongs; returns Slack's error, or None when it is shown."""
    origin = _origin(slack, address)
    if body.get("delete_original"):
        if origin is None:
            return "no_original_message"
        remove_message(slack, origin)
        return None
    problems = judge_message(slack, body)
    if problems:
        code = problems[0].code
        slack.record({"method": "response", "errors": blunders(problems)})
        return code if code in {"no_text", "msg_blocks_too_long"} else "invalid_blocks"
    if body.get("replace_original") and origin is not None:
        replace_content(slack, origin, body)
        return None
    return _post(slack, address, body)


def _origin(slack: Slack, address: ResponseAddress) -> Message | None:
    if address.ts is None:
        return None
    return slack.world.messages.find(address.channel, address.ts)


def _post(slack: Slack, address: ResponseAddress, body: Json) -> str | None:
    kind = body.get("response_type", "ephemeral")
    if kind not in {"ephemeral", "in_channel"}:
        return "invalid_response_type"
    channel = slack.world.channels[address.channel]
    thread_ts = body.get("thread_ts") or address.thread_ts
    only_for = address.user if kind == "ephemeral" else None
    post_as_bot(slack, channel, body, thread_ts=thread_ts, ephemeral_for=only_for)
    return None

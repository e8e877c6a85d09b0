"""The door of the Web API: token, scope, rate, faults, log, then the method."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.api.call import METHODS, Arguments, Call, Method, RateLimited, SlackError
from sandbox.clock import BUSINESS_TIME
from sandbox.connections import drop
from sandbox.faults import Fault
from sandbox.judging import NOT_ENABLED
from sandbox.kinds import Json
from sandbox.slack import Slack
from sandbox.state.world import Token

_NOBODY = Token("", "none", frozenset())


async def web_api(request: Request) -> Response:
    """Answer `/api/<method>`."""
    slack: Slack = request.app.state.slack
    slack.world.clock.follow(request.headers.get(BUSINESS_TIME))
    name = request.path_params["method"]
    values = await read_arguments(request)
    fault = slack.faults.choose(name)
    if fault is not None:
        early = await before_writing(request, fault)
        if early is not None:
            slack.record({"method": name, "args": values, "error": f"fault: {fault.kind}"})
            return early
    response = _answer(slack, request, name, values)
    if fault is not None and fault.kind == "drop_after":
        return await drop(request)
    return response


async def before_writing(request: Request, fault: Fault) -> Response | None:
    """What a fault does ahead of the call; None when the call still runs."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.delay)
    if fault.kind == "500":
        return Response("internal_error", 500)
    if fault.kind == "429":
        return too_many(max(1, round(fault.delay)))
    return await drop(request) if fault.kind == "drop_before" else None


def too_many(seconds: int) -> Response:
    body = {"ok": False, "error": "ratelimited"}
    return JSONResponse(body, 429, headers={"Retry-After": str(seconds)})


async def read_arguments(request: Request) -> Json:
    """Arguments from the address, a form, or a JSON body."""
    values: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        body = await _json_body(request)
        return values | body
    if request.method == "POST" and "form" in kind:
        async with request.form() as form:
            return values | {name: value for name, value in form.items() if isinstance(value, str)}
    return values


async def _json_body(request: Request) -> Json:
    if not await request.body():
        return {}
    try:
        body: Any = await request.json()
    except ValueError:
        return {"__invalid__": "invalid_json"}
    return body if isinstance(body, dict) else {"__invalid__": "json_not_object"}


def _answer(slack: Slack, request: Request, name: str, values: Json) -> Response:
    headers: dict[str, str] = {}
    status = 200
    trouble: Json = {"error": None}
    try:
        body = _call(slack, request, name, dict(values), headers)
    except SlackError as problem:
        status, trouble = problem.status, _trouble(problem)
        body = {"ok": False, "error": problem.error, **problem.extra}
    except RateLimited as problem:
        slack.record({"method": name, "args": values, "error": "ratelimited"})
        return too_many(problem.seconds)
    secretless = {key: value for key, value in values.items() if key != "token"}
    at = slack.world.clock.now().isoformat()
    slack.record({"method": name, "args": secretless, "at": at, **trouble})
    return JSONResponse(body, status, headers=headers)


def _trouble(problem: SlackError) -> Json:
    """What the log of calls keeps of a refusal; `errors` are the bot's own blunders."""
    known = [each for each in problem.extra.get("errors", []) if each["code"] != NOT_ENABLED]
    errors = [f"{each['pointer']}: {each['message']}" for each in known]
    return {"error": problem.error} | ({"errors": errors} if errors else {})


def _call(slack: Slack, request: Request, name: str, values: Json, headers: dict[str, str]) -> Json:
    if "__invalid__" in values:
        raise SlackError(values["__invalid__"])
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    token = _token(slack, request, values, method)
    headers["x-oauth-scopes"] = ",".join(sorted(token.scopes))
    headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
    _check_scope(token, method)
    elapsed = slack.world.clock.elapsed()
    wait = slack.limiter.wait_for_method(token.value, name, method.tier, elapsed)
    if wait:
        raise RateLimited(wait)
    call = Call(slack, name, Arguments(values), token)
    return {"ok": True, **method.handler(call)}


def _token(slack: Slack, request: Request, values: Json, method: Method) -> Token:
    in_body = str(values.pop("token", ""))
    if method.kind == "none":
        return _NOBODY
    header = request.headers.get("authorization", "")
    given = header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else in_body
    if not given:
        raise SlackError("not_authed")
    token = slack.world.tokens.get(given)
    if token is None:
        raise SlackError("invalid_auth")
    if token.is_revoked:
        raise SlackError("token_revoked")
    if method.kind not in ("any", token.kind):
        raise SlackError("not_allowed_token_type")
    return token


def _check_scope(token: Token, method: Method) -> None:
    if method.scopes and not token.scopes & set(method.scopes):
        provided = ",".join(sorted(token.scopes))
        raise SlackError("missing_scope", needed=",".join(method.scopes), provided=provided)

"""Sending and closing forms, and what the bot may answer to that."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.delivery import interactions
from sandbox.judging import blunders, judge_view
from sandbox.kinds import Json
from sandbox.opening import change_view, open_view
from sandbox.rules import Problem
from sandbox.rules.answers import check_form_errors
from sandbox.site.door import read_visit
from sandbox.site.entries import refusals, take_entries
from sandbox.slack import Slack
from sandbox.state.views import MODAL_STACK, View

_TROUBLE = "We had some trouble connecting. Try again?"


async def submit(request: Request) -> Response:
    """Send a form: `errors` by block_id, `closed`, `updated`, `pushed`, or `error`."""
    visit = await read_visit(request)
    view = visit.view(visit.body.get("view_id"))
    take_entries(view.state, visit.body.get("state") or {})
    refused = refusals(view.blocks, view.state)
    if refused:
        return JSONResponse({"errors": refused})
    payload = interactions.submission(visit.slack, visit.user, view)
    answer = await visit.slack.courier.interaction(payload)
    if answer.error:
        return JSONResponse({"error": _TROUBLE, "reason": answer.error})
    body = answer.body if isinstance(answer.body, dict) else {}
    return JSONResponse(_obey(visit.slack, view, body))


async def close(request: Request) -> Response:
    """Close the form on top, or all of them when the form says so."""
    visit = await read_visit(request)
    view = visit.view(visit.body.get("view_id"))
    clears = bool(view.content.get("clear_on_close") or visit.body.get("all"))
    views = visit.slack.world.views
    closed = views.clear(visit.user) if clears else [view]
    if not clears:
        views.remove(view)
    visit.slack.world.changed(visit.user, {"what": "modal"})
    for each in closed:
        if each.content.get("notify_on_close"):
            payload = interactions.closing(visit.slack, visit.user, each, is_cleared=clears)
            visit.slack.start(visit.slack.courier.interaction(payload))
    return JSONResponse({"closed": True})


def _obey(slack: Slack, view: View, body: Json) -> Json:
    action = body.get("response_action")
    if action == "errors":
        problems = check_form_errors(body.get("errors"), view.blocks)
        return _wrong(slack, problems) if problems else {"errors": body["errors"]}
    if action in {"update", "push"}:
        problems = judge_view(slack, body.get("view"), "modal")
        if problems:
            return _wrong(slack, problems)
        return _show(slack, view, body["view"], is_push=action == "push")
    if action not in (None, "clear"):
        return _wrong(slack, [Problem("/response_action", "bad_value", f"is unknown: {action}")])
    if body and action is None:
        return _wrong(slack, [Problem("", "bad_value", "the answer needs a response_action")])
    return _close(slack, view, is_all=action == "clear")


def _show(slack: Slack, view: View, content: Json, *, is_push: bool) -> Json:
    if not is_push:
        change_view(slack, view, content)
        return {"updated": True}
    if len(slack.world.views.stack(view.user)) >= MODAL_STACK:
        return _wrong(slack, [Problem("/response_action", "push_limit", "three forms are open")])
    open_view(slack, view.user, content, view)
    return {"pushed": True}


def _close(slack: Slack, view: View, *, is_all: bool) -> Json:
    if is_all:
        slack.world.views.clear(view.user)
    else:
        slack.world.views.remove(view)
    slack.world.changed(view.user, {"what": "modal"})
    return {"closed": True}


def _wrong(slack: Slack, problems: list[Problem]) -> Json:
    """A wrong answer looks like trouble to the person; the reasons are for the developer."""
    messages = [str(problem) for problem in problems]
    slack.record({"method": "view_submission", "errors": blunders(problems)})
    return {"error": _TROUBLE, "reason": "invalid_response", "messages": messages}

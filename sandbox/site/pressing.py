"""Buttons, menus and type-ahead in messages, homes and forms."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.delivery import interactions
from sandbox.kinds import Json
from sandbox.parts import Found, each_element
from sandbox.rules.answers import check_suggestions
from sandbox.site.door import PageError, Visit, read_visit
from sandbox.site.entries import take_entries, value_key
from sandbox.site.talking import failed
from sandbox.slack import Slack
from sandbox.state.messages import Message
from sandbox.state.views import View


async def action(request: Request) -> Response:
    """Press a button or choose in a menu; `error` is what the person would see."""
    visit = await read_visit(request)
    origin, blocks = _origin(visit)
    found = _find(blocks, visit.body["action"])
    take_entries(origin.state, visit.body.get("state") or {})
    _keep_entry(origin, found, visit.body["action"])
    pressed = _action_json(visit.slack, found, visit.body["action"])
    if isinstance(origin, View):
        payload = interactions.view_action(visit.slack, visit.user, origin, pressed)
    else:
        payload = interactions.message_action(visit.slack, visit.user, origin, pressed)
    return failed(await visit.slack.courier.interaction(payload)) or JSONResponse({"ok": True})


async def suggest(request: Request) -> Response:
    """Ask the bot for a type-ahead menu's options."""
    visit = await read_visit(request)
    origin, blocks = _origin(visit)
    found = _find(blocks, visit.body)
    if not found.element["type"].endswith("external_select"):
        raise PageError(f"{found.action_id} is no type-ahead menu")
    value = str(visit.body.get("value", ""))
    if len(value) < found.element.get("min_query_length", 3):
        return JSONResponse({"options": []})
    ids = {"block_id": found.block_id, "action_id": found.action_id}
    payload = interactions.suggestion(visit.slack, visit.user, ids, value, origin)
    answer = await visit.slack.courier.interaction(payload)
    return failed(answer) or _suggested(visit.slack, found, answer.body)


def _suggested(slack: Slack, found: Found, body: object) -> Response:
    problems = check_suggestions(body)
    if problems:
        slack.record({"method": "block_suggestion", "errors": [str(each) for each in problems]})
        return JSONResponse({"error": "invalid_options", "messages": [str(p) for p in problems]})
    answer = dict(body) if isinstance(body, dict) else {}
    groups = [group["options"] for group in answer.get("option_groups", [])]
    options = [*answer.get("options", []), *(option for group in groups for option in group)]
    kept = slack.world.suggested.setdefault((found.block_id, found.action_id), [])
    kept.extend(options)
    return JSONResponse(answer)


def _origin(visit: Visit) -> tuple[Message | View, list[Json]]:
    container = visit.body["container"]
    if container["kind"] == "message":
        message = visit.message(str(container["channel"]), str(container["ts"]))
        return message, _message_blocks(message)
    if container["kind"] == "home":
        home = visit.slack.world.views.homes.get(visit.user)
        if home is None:
            raise PageError(f"{visit.user} has no home tab")
        return home, home.blocks
    view = visit.view(container.get("view_id"))
    return view, view.blocks


def _message_blocks(message: Message) -> list[Json]:
    attached = [each.get("blocks", []) for each in message.attachments]
    return [*(message.blocks or []), *(block for blocks in attached for block in blocks)]


def _find(blocks: list[Json], ids: Json) -> Found:
    for found in each_element(blocks):
        block_id = ids.get("block_id")
        if found.action_id == ids.get("action_id") and block_id in (None, "", found.block_id):
            return found
    raise PageError(f"no element {ids.get('block_id')}/{ids.get('action_id')} here")


def _keep_entry(origin: Message | View, found: Found, action: Json) -> None:
    """Menus outside inputs keep what was chosen, for the `state` of later payloads."""
    key = value_key(found.element["type"])
    if key is not None and key in action:
        entry = {"type": found.element["type"], key: action[key]}
        origin.state.setdefault(found.block_id, {})[found.action_id] = entry


def _action_json(slack: Slack, found: Found, action: Json) -> Json:
    element = found.element
    kind = str(element["type"])
    pressed: Json = {
        "action_id": found.action_id,
        "block_id": found.block_id,
        "type": kind,
        "action_ts": slack.world.clock.stamp(),
    }
    for name in ("text", "value", "style", "placeholder", "confirm"):
        if name in element:
            pressed[name] = element[name]
    if kind == "feedback_buttons":
        pressed["value"] = action.get("value", "")
    key = "selected_option" if kind == "overflow" else value_key(kind)
    if key is not None:
        pressed[key] = _chosen(slack, found, key, action.get(key))
    return pressed


def _chosen(slack: Slack, found: Found, key: str, value: object) -> object:
    """What was chosen, if the menu offers it."""
    if key not in {"selected_option", "selected_options"} or value is None:
        return value
    offered = list(found.element.get("options", []))
    for group in found.element.get("option_groups", []):
        offered += group["options"]
    offered += slack.world.suggested.get((found.block_id, found.action_id), [])
    values = {option["value"] for option in offered}
    chosen = value if isinstance(value, list) else [value]
    if any(not isinstance(each, dict) or each.get("value") not in values for each in chosen):
        raise PageError(f"{found.action_id} does not offer that")
    return value

"""views.*: forms by trigger, updates with a hash, home tabs."""

from typing import Any

from sandbox.api.call import Call, SlackError, method, refuse
from sandbox.judging import judge_view
from sandbox.kinds import Json
from sandbox.opening import change_view, open_view, publish_home
from sandbox.state.shapes import view_json
from sandbox.state.tickets import Trigger
from sandbox.state.views import MODAL_STACK, View


@method("views.open", tier="T4")
def open_form(call: Call) -> Json:
    trigger = _trigger(call)
    content = _modal(call)
    trigger.spent = True
    return _shown(call, open_view(call.slack, trigger.user, content))


@method("views.push", tier="T4")
def push(call: Call) -> Json:
    trigger = _trigger(call)
    content = _modal(call)
    views = call.world.views
    below = views.find(trigger.view_id) if trigger.view_id else views.top(trigger.user)
    if below is None:
        raise SlackError("not_found")
    if len(views.stack(trigger.user)) >= MODAL_STACK:
        raise SlackError("push_limit_reached")
    trigger.spent = True
    return _shown(call, open_view(call.slack, trigger.user, content, below))


@method("views.update", tier="T4")
def update(call: Call) -> Json:
    view = _named_view(call)
    content = call.args.structure("view")
    refuse("invalid_arguments", judge_view(call.slack, content, view.kind))
    _check_hash(call, view)
    _check_external(call, content, view)
    return _shown(call, change_view(call.slack, view, content))


@method("views.publish", tier="T4")
def publish(call: Call) -> Json:
    user = call.world.users.get(call.args.need("user_id"))
    if user is None or user.is_bot or user.deleted:
        raise SlackError("invalid_arguments", reason="no such user")
    content = call.args.structure("view")
    refuse("invalid_arguments", judge_view(call.slack, content, "home"))
    home = call.world.views.homes.get(user.id)
    if home is not None:
        _check_hash(call, home)
    return _shown(call, publish_home(call.slack, user.id, content))


def _trigger(call: Call) -> Trigger:
    """An unspent trigger that is young enough."""
    given = call.args.text("trigger_id") or call.args.text("interactivity_pointer")
    if not given:
        raise SlackError("invalid_arguments", reason="missing required field: trigger_id")
    trigger = call.world.triggers.get(given)
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.spent:
        raise SlackError("exchanged_trigger_id")
    seconds = call.world.workspace.settings.trigger_seconds
    if trigger.is_expired(call.world.clock.elapsed(), seconds):
        raise SlackError("expired_trigger_id")
    return trigger


def _modal(call: Call) -> Any:
    content = call.args.structure("view")
    refuse("invalid_arguments", judge_view(call.slack, content, "modal"))
    _check_external(call, content, None)
    return content


def _check_external(call: Call, content: Json, own: View | None) -> None:
    name = content.get("external_id")
    taken = call.world.views.find_external(name) if name else None
    if taken is not None and taken is not own:
        raise SlackError("duplicate_external_ids")


def _named_view(call: Call) -> View:
    views = call.world.views
    if call.args.text("view_id"):
        found = views.find(call.args.text("view_id"))
    else:
        found = views.find_external(call.args.need("external_id"))
    if found is None:
        raise SlackError("not_found")
    return found


def _check_hash(call: Call, view: View) -> None:
    given = call.args.text("hash")
    if given and given != view.hash:
        raise SlackError("hash_conflict")


def _shown(call: Call, view: View) -> Json:
    return {"view": view_json(call.world, view)}

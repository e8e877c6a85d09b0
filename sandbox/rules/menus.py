"""Select menus, single and multiple, from every source Slack knows."""

from sandbox.kinds import Json
from sandbox.rules.engine import Flag, ListOf, Number, Problems, Rule, Shape, Text, shaped
from sandbox.rules.objects import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION_FILTER,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    PLACEHOLDER,
    check_choices,
)
from sandbox.rules.problem import Problem

_ID = Text(255)
_COMMON: dict[str, Rule] = {
    "action_id": ACTION_ID,
    "placeholder": PLACEHOLDER,
    "confirm": CONFIRM,
    "focus_on_load": Flag(),
}
_MULTI: dict[str, Rule] = {**_COMMON, "max_selected_items": Number(1)}
_CONVERSATIONS: dict[str, Rule] = {
    "default_to_current_conversation": Flag(),
    "filter": CONVERSATION_FILTER,
}
_ANSWERING: dict[str, Rule] = {"response_url_enabled": Flag()}


def _check_selected(value: Json, at: str) -> Problems:
    for name in ("options", "users", "conversations", "channels"):
        given = value.get(f"initial_{name}", [])
        if len(given) > value.get("max_selected_items", len(given)):
            message = "must not be more than max_selected_items"
            yield Problem(f"{at}/initial_{name}", "too_many", message)


def _menu(name: str, own: dict[str, Rule], *checks: object) -> Shape:
    common = _MULTI if name.startswith("multi_") else _COMMON
    return shaped(name, {**common, **own}, checks=checks)


_STATIC: dict[str, Rule] = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
_EXTERNAL: dict[str, Rule] = {"min_query_length": Number(0)}
_SEVERAL = ListOf(OPTION, 100)

MENUS: dict[str, Shape] = {
    "static_select": _menu("static_select", {**_STATIC, "initial_option": OPTION}, check_choices),
    "external_select": _menu("external_select", {**_EXTERNAL, "initial_option": OPTION}),
    "users_select": _menu("users_select", {"initial_user": _ID}),
    "conversations_select": _menu(
        "conversations_select", {**_CONVERSATIONS, **_ANSWERING, "initial_conversation": _ID}
    ),
    "channels_select": _menu("channels_select", {**_ANSWERING, "initial_channel": _ID}),
    "multi_static_select": _menu(
        "multi_static_select",
        {**_STATIC, "initial_options": _SEVERAL},
        check_choices,
        _check_selected,
    ),
    "multi_external_select": _menu(
        "multi_external_select", {**_EXTERNAL, "initial_options": _SEVERAL}, _check_selected
    ),
    "multi_users_select": _menu(
        "multi_users_select", {"initial_users": ListOf(_ID, 100)}, _check_selected
    ),
    "multi_conversations_select": _menu(
        "multi_conversations_select",
        {**_CONVERSATIONS, "initial_conversations": ListOf(_ID, 100)},
        _check_selected,
    ),
    "multi_channels_select": _menu(
        "multi_channels_select", {"initial_channels": ListOf(_ID, 100)}, _check_selected
    ),
}

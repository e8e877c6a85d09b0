"""What a person entered in fields: first values, Slack's own checks before a form is sent."""

import re
from typing import Any

from sandbox.kinds import Json
from sandbox.rules.surfaces import elements_of

_INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "file_input": ("files", "initial_files"),
}

REQUIRED = "Please complete this required field."


def value_key(kind: str) -> str | None:
    """The key a field's entry stands under, None for buttons."""
    return _INITIAL[kind][0] if kind in _INITIAL else None


def initial_state(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """The entries of fresh fields by block_id and action_id, as `state.values` has them."""
    state: dict[str, dict[str, Json]] = {}
    for block in blocks:
        for _, element in elements_of(block):
            if element["type"] in _INITIAL:
                entry = _first_entry(element)
                state.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return state


def _first_entry(element: Json) -> Json:
    key, initial = _INITIAL[element["type"]]
    empty: Any = [] if key.endswith("s") else None
    return {"type": element["type"], key: element.get(initial, empty)}


def take_entries(state: dict[str, dict[str, Json]], entered: Json) -> None:
    """Lay what the page sent over a view's state; fields the view has not are ignored."""
    for block_id, actions in (entered.get("values") or entered).items():
        for action_id, entry in actions.items():
            known = state.get(block_id, {}).get(action_id)
            if known is not None and isinstance(entry, dict):
                known.update({key: value for key, value in entry.items() if key != "type"})


def refusals(blocks: list[Json], state: dict[str, dict[str, Json]]) -> dict[str, str]:
    """What Slack itself says about a form before the bot hears of it, by block_id."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            entry = state[block["block_id"]][element["action_id"]]
            value = entry[_INITIAL[element["type"]][0]]
            problem = _refusal(element, value, is_optional=bool(block.get("optional")))
            if problem:
                found[block["block_id"]] = problem
    return found


def _refusal(element: Json, value: Any, *, is_optional: bool) -> str | None:
    if value in (None, "", []):
        return None if is_optional else REQUIRED
    kind = element["type"]
    if kind == "plain_text_input":
        return _length(element, value)
    if kind == "number_input":
        return _number(element, value)
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Enter a valid email address."
    if kind == "url_text_input" and not re.match(r"https?://\S+", value):
        return "Enter a valid URL."
    if kind in {"static_select", "radio_buttons"}:
        return None if value["value"] in _offered(element) else "Choose one of the options."
    return None


def _length(element: Json, value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Must be at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Must be at most {element.get('max_length', 3000)} characters."
    return None


def _number(element: Json, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, str(value)):
        return "Enter a valid number."
    if float(value) < float(element.get("min_value", "-inf")):
        return f"Must be at least {element['min_value']}."
    if float(value) > float(element.get("max_value", "inf")):
        return f"Must be at most {element['max_value']}."
    return None


def _offered(element: Json) -> list[str]:
    offered = list(element.get("options", []))
    for group in element.get("option_groups", []):
        offered += group["options"]
    return [option["value"] for option in offered]

"""Finding a button or field among blocks by what a person reads, and what they enter in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.kinds import Json
from sandbox.rules.surfaces import elements_of

Suggest = Callable[[str], list[Json]]


class ElementNotFoundError(LookupError):
    """Nothing on the screen carries that label, action_id or block_id."""


@dataclass(frozen=True)
class Found:
    """An element and the block it stands in."""

    block_id: str
    element: Json

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    def pressed(self, choose: str | list[str], suggest: Suggest) -> Json:
        """The action a click makes; `choose` names the entry of a menu or the value entered."""
        kind = self.element["type"]
        if kind in {"button", "icon_button", "workflow_button"}:
            return {"type": kind, "value": self.element.get("value", "")}
        if kind == "feedback_buttons":
            return {"type": kind, "value": choose}
        return {"type": kind, **self.entered(choose, suggest)}

    def entered(self, value: Any, suggest: Suggest) -> Json:
        """The state of a field after a person entered `value`; suggest asks for type-ahead."""
        kind = str(self.element["type"])
        many = value if isinstance(value, list) else [value]
        if kind == "checkboxes" or kind in {"multi_static_select", "multi_external_select"}:
            return _typed(kind, "selected_options", [self._option(each, suggest) for each in many])
        if kind in {"static_select", "external_select", "radio_buttons", "overflow"}:
            return _typed(kind, "selected_option", self._option(value, suggest))
        key = _KEYS.get(kind, "value")
        return _typed(kind, key, many if key.endswith("s") else value)

    def _option(self, value: str, suggest: Suggest) -> Json:
        offered: list[Json] = list(self.element.get("options", []))
        for group in self.element.get("option_groups", []):
            offered += group["options"]
        if self.element["type"].endswith("external_select"):
            offered = suggest(value)
        for option in offered:
            if value in (option["value"], option["text"]["text"]):
                return option
        partly = [option for option in offered if value in option["text"]["text"]]
        if partly:
            return partly[0]
        raise ElementNotFoundError(f"{self.action_id} does not offer {value!r}")


_KEYS = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}


def _typed(kind: str, key: str, value: Any) -> Json:
    return {"type": kind, key: value}


def each_element(blocks: list[Json]) -> Iterator[Found]:
    """Every interactive element, in reading order, cards and containers included."""
    for block in blocks:
        for _, element in elements_of(block):
            if "action_id" in element:
                yield Found(str(block.get("block_id", "")), element)
        if block["type"] in {"container", "carousel"}:
            yield from each_element(block.get("child_blocks") or block.get("elements") or [])


def find_by_label(blocks: list[Json], label: str) -> Found | None:
    """The element with this text, action_id, block_id, value, placeholder or field label."""
    labels = {
        str(block.get("block_id")): block["label"]["text"]
        for block in blocks
        if block["type"] == "input"
    }
    elements = list(each_element(blocks))
    for names in (_own_names, lambda found: [found.block_id, labels.get(found.block_id, "")]):
        for found in elements:
            if label in names(found):
                return found
    return None


def find_element(blocks: list[Json], label: str) -> Found:
    """As `find_by_label`; raises ElementNotFoundError when there is none."""
    found = find_by_label(blocks, label)
    if found is None:
        there = [name for each in each_element(blocks) for name in _own_names(each) if name]
        raise ElementNotFoundError(f"no {label!r} here; there are {', '.join(there) or 'none'}")
    return found


def _own_names(found: Found) -> list[str]:
    element = found.element
    texts = [element.get("text"), element.get("placeholder")]
    written = [part["text"] for part in texts if isinstance(part, dict)]
    return [*written, found.action_id, str(element.get("value", ""))]

"""Whole messages, forms and homes: limits that hold across their blocks."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.kinds import Json
from sandbox.rules.blocks import BLOCKS, BLOCKS_OF
from sandbox.rules.engine import (
    Flag,
    ListOf,
    Problems,
    Rule,
    Text,
    Typed,
    shaped,
    wrong_type,
)
from sandbox.rules.metadata import check_metadata
from sandbox.rules.objects import plain
from sandbox.rules.problem import Problem, measured_length

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
BLOCKS_TEXT = 12_000
"""All text of a message's blocks together; Slack answers `msg_blocks_too_long` beyond it."""

MARKDOWN_TEXT = 12_000
VIEW_BYTES = 250_000
ATTACHMENTS = 100
_AT_MOST = {"table": 1, "data_visualization": 2}
_TEXT_KEYS = frozenset({"text", "title", "caption", "label", "alt_text", "description"})
_OWN_BUDGET = frozenset({"data_table"})

_TITLE = plain(24)
_VIEW: dict[str, Rule] = {
    "callback_id": Text(255, shortest=0),
    "private_metadata": Text(3000, shortest=0),
    "external_id": Text(255, shortest=0),
}
_MODAL: dict[str, Rule] = {
    **_VIEW,
    "title": _TITLE,
    "submit": _TITLE,
    "close": _TITLE,
    "clear_on_close": Flag(),
    "notify_on_close": Flag(),
    "submit_disabled": Flag(),
}


def _blocks_rule(surface: str) -> ListOf:
    most, fewest = (MESSAGE_BLOCKS, 0) if surface == "message" else (VIEW_BLOCKS, 1)
    return ListOf(Typed(BLOCKS, BLOCKS_OF[surface], f"in a {surface}"), most, fewest)


_MODAL_SHAPE = shaped("modal", {**_MODAL, "blocks": _blocks_rule("modal")}, "title", "blocks")
_HOME_SHAPE = shaped("home", {**_VIEW, "blocks": _blocks_rule("home")}, "blocks")


def check_message(message: Json) -> list[Problem]:
    """What is wrong with a message: `text`, `blocks`, `attachments`, `metadata`."""
    return list(_message_problems(message))


def check_modal(view: Any, at: str = "/view") -> list[Problem]:
    """What is wrong with a form."""
    problems = list(_MODAL_SHAPE.check(view, at))
    if isinstance(view, dict) and isinstance(view.get("blocks"), list):
        problems += _across_blocks(view["blocks"], f"{at}/blocks", is_modal=True)
        problems += _form_problems(view, at)
    return problems


def check_home(view: Any, at: str = "/view") -> list[Problem]:
    """What is wrong with a home tab."""
    problems = list(_HOME_SHAPE.check(view, at))
    if isinstance(view, dict) and isinstance(view.get("blocks"), list):
        problems += _across_blocks(view["blocks"], f"{at}/blocks", is_modal=False)
        problems += _size_problems(view, at)
    return problems


def check_view(view: Any, at: str = "/view") -> list[Problem]:
    """A form or a home, by its own `type`."""
    if isinstance(view, dict) and view.get("type") == "home":
        return check_home(view, at)
    if isinstance(view, dict) and view.get("type") == "modal":
        return check_modal(view, at)
    return [Problem(f"{at}/type", "bad_value", "must be one of modal, home")]


def _message_problems(message: Json) -> Problems:
    text = message.get("text")
    if not isinstance(text, str) or not text.strip():
        message_text = "must not be empty: it is the notification and what screen readers say"
        yield Problem("/text", "no_text", message_text)
    blocks = message.get("blocks")
    if blocks is not None:
        yield from _blocks_rule("message").check(blocks, "/blocks")
        if isinstance(blocks, list):
            yield from _across_blocks(blocks, "/blocks", is_modal=False)
            yield from _text_budget(blocks)
    yield from _attachment_problems(message.get("attachments"))
    if message.get("metadata") is not None:
        yield from check_metadata(message["metadata"], "/metadata")


def _attachment_problems(attachments: Any) -> Problems:
    if attachments is None:
        return
    if not isinstance(attachments, list):
        yield wrong_type("/attachments", "a list", attachments)
        return
    if len(attachments) > ATTACHMENTS:
        yield Problem("/attachments", "too_many", f"must have at most {ATTACHMENTS} items")
    for index, attachment in enumerate(attachments):
        if isinstance(attachment, dict) and "blocks" in attachment:
            at = f"/attachments/{index}/blocks"
            yield from _blocks_rule("message").check(attachment["blocks"], at)


def _form_problems(view: Json, at: str) -> Problems:
    has_input = any(_type_of(block) == "input" for block in view["blocks"])
    if has_input and "submit" not in view:
        yield Problem(f"{at}/submit", "missing", "is required when there is an input block")
    yield from _size_problems(view, at)


def _size_problems(view: Json, at: str) -> Problems:
    size = len(json.dumps(view, ensure_ascii=False).encode())
    if size > VIEW_BYTES:
        yield Problem(at, "view_too_large", f"must be at most {VIEW_BYTES} bytes (is {size})")


def _across_blocks(blocks: list[Any], at: str, *, is_modal: bool) -> Problems:
    yield from _unique_block_ids(blocks, at)
    for pointer, block in each_block(blocks, at):
        yield from _unique_action_ids(block, pointer)
        yield from _surface_elements(block, pointer, is_modal=is_modal)
    yield from _counted_blocks(blocks, at)
    yield from _markdown_budget(blocks, at)
    yield from _one_focus(blocks, at)


def each_block(blocks: list[Any], at: str) -> Iterator[tuple[str, Json]]:
    """Every block with its pointer, those in containers and carousels included."""
    for index, block in enumerate(blocks):
        if isinstance(block, dict):
            yield f"{at}/{index}", block
            for key in ("child_blocks", "elements"):
                children = block.get(key)
                if _type_of(block) in {"container", "carousel"} and isinstance(children, list):
                    yield from each_block(children, f"{at}/{index}/{key}")


def elements_of(block: Json) -> list[tuple[str, Json]]:
    """The interactive elements of one block with their place in it."""
    found: list[tuple[str, Any]] = [
        (key, block[key]) for key in ("accessory", "element") if key in block
    ]
    for key in ("elements", "actions"):
        items = block.get(key)
        if isinstance(items, list) and _type_of(block) not in {"carousel", "rich_text"}:
            found += [(f"{key}/{index}", item) for index, item in enumerate(items)]
    return [(place, item) for place, item in found if isinstance(item, dict)]


def _unique_block_ids(blocks: list[Any], at: str) -> Problems:
    seen: set[str] = set()
    for pointer, block in each_block(blocks, at):
        name = block.get("block_id")
        if isinstance(name, str):
            if name in seen:
                yield Problem(f"{pointer}/block_id", "duplicate", f"is used twice: {name}")
            seen.add(name)


def _unique_action_ids(block: Json, at: str) -> Problems:
    seen: set[str] = set()
    for place, element in elements_of(block):
        name = element.get("action_id")
        if isinstance(name, str):
            if name in seen:
                yield Problem(f"{at}/{place}/action_id", "duplicate", f"is used twice: {name}")
            seen.add(name)


def _surface_elements(block: Json, at: str, *, is_modal: bool) -> Problems:
    for place, element in elements_of(block):
        if not is_modal and _type_of(element) == "file_input":
            message = "file_input is allowed in forms only"
            yield Problem(f"{at}/{place}/type", "not_allowed_here", message)
        if not is_modal and element.get("response_url_enabled"):
            pointer = f"{at}/{place}/response_url_enabled"
            yield Problem(pointer, "not_allowed_here", "works in forms only")


def _counted_blocks(blocks: list[Any], at: str) -> Problems:
    seen: dict[str, int] = {}
    for index, block in enumerate(blocks):
        kind = _type_of(block)
        seen[kind] = seen.get(kind, 0) + 1
        if kind in _AT_MOST and seen[kind] > _AT_MOST[kind]:
            message = f"at most {_AT_MOST[kind]} {kind} block(s) are allowed"
            yield Problem(f"{at}/{index}", "too_many", message)


def _markdown_budget(blocks: list[Any], at: str) -> Problems:
    texts = [str(block.get("text", "")) for block in blocks if _type_of(block) == "markdown"]
    total = sum(map(len, texts))
    if len(texts) > 1 and total > MARKDOWN_TEXT:
        message = f"markdown blocks must have at most {MARKDOWN_TEXT} characters (have {total})"
        yield Problem(at, "too_long", message)


def _one_focus(blocks: list[Any], at: str) -> Problems:
    focused = [
        f"{pointer}/{place}/focus_on_load"
        for pointer, block in each_block(blocks, at)
        for place, element in elements_of(block)
        if element.get("focus_on_load") is True
    ]
    for pointer in focused[1:]:
        yield Problem(pointer, "duplicate", "only one element may take the focus")


def _text_budget(blocks: list[Any]) -> Problems:
    total = sum(text_size(block) for block in blocks)
    if total > BLOCKS_TEXT:
        message = f"blocks must have at most {BLOCKS_TEXT} characters of text (have {total})"
        yield Problem("/blocks", "msg_blocks_too_long", message)


def text_size(part: Any) -> int:
    """Characters of text in a block as Slack sums them; data tables have their own budget."""
    if isinstance(part, list):
        return sum(text_size(item) for item in part)
    if not isinstance(part, dict) or _type_of(part) in _OWN_BUDGET:
        return 0
    is_plain = part.get("type") == "plain_text"
    return sum(
        measured_length(value, is_plain)
        if isinstance(value, str) and key in _TEXT_KEYS
        else text_size(value)
        for key, value in part.items()
    )


def _type_of(part: Any) -> str:
    return str(part.get("type")) if isinstance(part, dict) else ""

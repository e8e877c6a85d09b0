"""Blocks as plain text, in the order a person reads them; for the command line.

Refuses to be a rendering: it says what is there, also what could be pressed.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.views.limits import unescape

Json = Mapping[str, Any]


def read_message(message: Json) -> str:
    """A message's blocks as lines of text; its fallback text where there are no blocks."""
    blocks = message.get("blocks")
    return read_blocks(blocks) if blocks else unescape(message.get("text", ""))


def read_view(view: Json) -> str:
    """A form or App Home: title, blocks, and the buttons below."""
    ends = [f"[{_text(view[name])}]" for name in ("submit", "close") if view.get(name)]
    title = _text(view["title"]) if view.get("title") else ""
    return "\n".join(line for line in (title, read_blocks(view["blocks"]), " ".join(ends)) if line)


def read_blocks(blocks: Iterable[Json]) -> str:
    """The blocks' texts, a line or more each."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _lines(block: Json) -> list[str]:
    reader = _READERS.get(block["type"])
    return reader(block) if reader else [f"({block['type']})"]


def _section(block: Json) -> list[str]:
    lines = [_text(block["text"])] if "text" in block else []
    lines += [_text(field) for field in block.get("fields", ())]
    return lines + ([_element(block["accessory"])] if "accessory" in block else [])


def _row(block: Json) -> list[str]:
    return [" ".join(_element(element) for element in block["elements"])]


def _input(block: Json) -> list[str]:
    hint = [_text(block["hint"])] if "hint" in block else []
    return [f"{_text(block['label'])}: {_element(block['element'])}", *hint]


def _table(block: Json) -> list[str]:
    return [" | ".join(_cell(cell) for cell in row) for row in block["rows"]]


def _chart(block: Json) -> list[str]:
    return [f"({_text(block.get('title', ''))})"]


def _cell(cell: Json) -> str:
    return str(cell.get("text", cell.get("value", "")))


def _element(element: Json) -> str:
    kind = element["type"]
    if kind in ("mrkdwn", "plain_text"):
        return _text(element)
    if kind == "image":
        return f"({element.get('alt_text', '')})"
    if kind == "button":
        return f"[{_text(element['text'])}]"
    options = [_option(option) for option in element.get("options", ())]
    shown = _chosen(element) or _text(element.get("placeholder", ""))
    return f"[{' / '.join(options) or shown or '…'}]"


def _option(option: Json) -> str:
    told = [_text(option[name]) for name in ("text", "description") if name in option]
    return ": ".join(told)


def _chosen(element: Json) -> str:
    option = element.get("initial_option")
    if option:
        return _text(option["text"])
    many = [_text(each["text"]) for each in element.get("initial_options", ())]
    plain = [str(element[name]) for name in _INITIAL if element.get(name)]
    return ", ".join([*many, *plain])


def _text(text: Any) -> str:
    raw = text if isinstance(text, str) else text.get("text", "")
    is_plain = not isinstance(text, str) and text.get("type") == "plain_text"
    return raw if is_plain else unescape(raw)


_INITIAL = ("initial_value", "initial_date", "initial_time", "initial_conversation")
_READERS: dict[str, Callable[[Json], list[str]]] = {
    "section": _section,
    "header": lambda block: [_text(block["text"])],
    "context": _row,
    "actions": _row,
    "input": _input,
    "divider": lambda _: ["---"],
    "image": lambda block: [f"({block.get('alt_text', '')})"],
    "markdown": lambda block: [block["text"]],
    "table": _table,
    "data_table": _table,
    "data_visualization": _chart,
    "alert": _section,
}

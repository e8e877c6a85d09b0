"""Slack's limits in one place, and cutting to them. Refuses to let half an entity or mention stay.

Figures: docs.slack.dev, reference/block-kit. The text of all blocks of a message is undocumented;
Slack refuses some messages above 11,000 characters, so ours stay under 10,000.
"""

import re
from typing import Any

SECTION, FIELD, HEADER, CONTEXT = 3000, 2000, 150, 3000
FIELDS, CONTEXT_PARTS, ACTIONS = 10, 10, 25
BUTTON, BUTTON_VALUE = 75, 2000
OPTION, OPTION_VALUE, OPTIONS, OVERFLOW = 75, 150, 100, 5
PLACEHOLDER, LABEL, INPUT = 150, 2000, 3000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
VIEW_TITLE, CARRIED = 24, 3000
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_TEXT, FALLBACK_TEXT = 10_000, 3000
CHART_TITLE, CHART_LABEL, CHART_AXIS, CHART_POINTS = 50, 20, 50, 20

_BARE = re.compile(r"&(?!(?:amp|lt|gt);)")
_PIECE = re.compile(r"&(?:amp|lt|gt);|<[^<>\n]*>")
_ELLIPSIS = "…"


def escape_plain(text: str) -> str:
    """Raw text as Slack counts it: the three control characters take four or five places."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The raw text behind what a voice escaped, for plain_text."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def cut(text: str, limit: int) -> str:
    """Escaped `text` of at most `limit` characters; what was cut ends with an ellipsis."""
    whole = _BARE.sub("&amp;", text.strip()) or "–"
    if len(whole) <= limit:
        return whole
    end = limit - len(_ELLIPSIS)
    for mark in "<&":
        start = whole.rfind(mark, 0, end)
        piece = _PIECE.match(whole, start) if start >= 0 else None
        if piece and piece.end() > end:
            end = start
    return whole[:end].rstrip() + _ELLIPSIS


def beginning(text: str, limit: int) -> str:
    """As much of raw `text` as Slack takes within `limit`: it counts control characters escaped."""
    size = 0
    for at, letter in enumerate(text):
        size += len(escape_plain(letter))
        if size > limit:
            return text[:at]
    return text


def shorten(name: str, limit: int) -> str:
    """A raw name for a row of many: one line, at most `limit` characters."""
    flat = " ".join(name.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + _ELLIPSIS


def text_size(part: Any) -> int:
    """Characters of text in blocks, counted no smaller than Slack does."""
    if isinstance(part, list | tuple):
        return sum(text_size(item) for item in part)
    if not isinstance(part, dict):
        return 0
    return sum(
        len(escape_plain(value)) if isinstance(value, str) else text_size(value)
        for key, value in part.items()
        if key not in ("type", "action_id", "block_id", "value", "style", "fallback")
    )

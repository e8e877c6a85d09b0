"""The everyday blocks, cut to Slack's limits. Refuses to hold a sentence: text comes from a voice.

Text is what a voice said, that is: escaped. plain_text gets it unescaped, as Slack wants it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.views import limits
from bot.views.reply import Block

Element = dict[str, Any]


def plain(text: str, limit: int) -> Element:
    """A plain_text object."""
    kept = limits.unescape(limits.cut(text, limit))
    return {"type": "plain_text", "text": kept, "emoji": True}


def marked(text: str, limit: int) -> Element:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": limits.cut(text, limit)}


def section(text: str, accessory: Element | None = None) -> Block:
    """A paragraph, with at most one element at its side."""
    made: Block = {"type": "section", "text": marked(text, limits.SECTION), "expand": True}
    if accessory is not None:
        made["accessory"] = accessory
    return made


def fields(texts: Sequence[str], longest: int = limits.FIELD) -> list[Block]:
    """Short facts in two columns; ten to a block."""
    groups = [texts[at : at + limits.FIELDS] for at in range(0, len(texts), limits.FIELDS)]
    return [
        {"type": "section", "fields": [marked(text, longest) for text in group]} for group in groups
    ]


def header(text: str) -> Block:
    """A large line."""
    return {"type": "header", "text": plain(text, limits.HEADER)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def context(*texts: str) -> Block:
    """Small print; past the tenth part the rest is left out."""
    parts = [marked(text, limits.CONTEXT) for text in texts[: limits.CONTEXT_PARTS]]
    return {"type": "context", "elements": parts}


def actions(elements: Iterable[Element]) -> list[Block]:
    """A row of buttons and menus; none at all where there is nothing to press."""
    kept = list(elements)[: limits.ACTIONS]
    return [{"type": "actions", "elements": kept}] if kept else []

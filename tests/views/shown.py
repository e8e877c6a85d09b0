"""What a view shows, and what Slack would find wrong with it."""

from collections.abc import Sequence
from typing import Any

from bot.slack.fallbacks import fitting
from bot.views.reply import Message, Private, Reply, UpdateHome
from sandbox.rules.surfaces import check_message, check_view

ALL = frozenset({"data_visualization", "table", "data_table"})


def problems_of(shown: Message | dict[str, Any]) -> list[str]:
    """Breaches of Slack's rules, with charts and with their stand-ins."""
    if isinstance(shown, dict):
        return [
            str(each)
            for each in check_view({**shown, "blocks": fitting(shown["blocks"], frozenset())})
        ]
    as_sent = [fitting(shown.blocks, refused) for refused in (frozenset[str](), ALL)]
    return [
        str(problem)
        # Most messages have no stand-ins: they are sent in one way only.
        for blocks in (as_sent if as_sent[0] != as_sent[1] else as_sent[:1])
        for problem in check_message({"text": shown.text, "blocks": blocks})
    ]


def message_of(reply: Reply) -> Message:
    """The message of a private reply."""
    assert isinstance(reply, Private)
    return reply.message


def blocks_of(reply: Reply) -> Sequence[dict[str, Any]]:
    """The blocks of whatever a reply shows."""
    if isinstance(reply, UpdateHome):
        return list(reply.view["blocks"])
    return message_of(reply).blocks


def text_of(part: Any) -> str:
    """Every text in it, a line each; charts' stand-ins left out."""
    return "\n".join(_texts(part))


def _texts(part: Any) -> list[str]:
    if isinstance(part, Message):
        return [part.text, *_texts(part.blocks)]
    if isinstance(part, list | tuple):
        return [text for each in part for text in _texts(each)]
    if not isinstance(part, dict):
        return []
    found: list[str] = []
    for key, value in part.items():
        if key in ("text", "title", "label", "name") and isinstance(value, str):
            found.append(value)
        elif key not in ("fallback", "private_metadata", "action_id", "value"):
            found += _texts(value)
    return found


def elements_of(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Buttons and menus of all blocks, in order."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        found += [each for each in block.get("elements", ()) if "action_id" in each]
        found += [
            block[key] for key in ("accessory", "element") if "action_id" in block.get(key, {})
        ]
    return found

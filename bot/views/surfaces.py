"""Messages, forms and homes put together within Slack's limits. Refuses to drop rows in silence."""

import json
from collections.abc import Callable, Mapping, Sequence

from bot.views import limits
from bot.views.blocks import Element, marked, plain
from bot.views.reply import Block, Message, View

Rows = Sequence[Sequence[Block]]
TellRest = Callable[[int], Sequence[Block]]


def fit(
    head: Sequence[Block],
    rows: Rows,
    tail: Sequence[Block],
    tell_rest: TellRest,
    *,
    hidden: int = 0,
    most_blocks: int = limits.MESSAGE_BLOCKS,
    most_text: int = limits.MESSAGE_TEXT,
) -> list[Block]:
    """Head, as many rows as fit, what `tell_rest` says of the number left out, and the tail.

    `hidden` rows are counted among those left out without being there.
    """
    taken = _count_fitting(head, rows, tail, tell_rest, most_blocks, most_text)
    left_out = len(rows) - taken + hidden
    kept = [block for row in rows[:taken] for block in row]
    rest = tell_rest(left_out) if left_out else ()
    return [*head, *kept, *rest, *tail]


def _count_fitting(
    head: Sequence[Block],
    rows: Rows,
    tail: Sequence[Block],
    tell_rest: TellRest,
    most_blocks: int,
    most_text: int,
) -> int:
    if not rows:
        return 0
    frame = [*head, *tell_rest(10**6), *tail]
    blocks, size = len(frame), limits.text_size(frame)
    for count, row in enumerate(rows):
        blocks, size = blocks + len(row), size + limits.text_size(row)
        if blocks > most_blocks or size > most_text:
            return count
    return len(rows)


def message(text: str, blocks: Sequence[Block]) -> Message:
    """A message; a last guard cuts what a view forgot to fit."""
    return Message(limits.cut(text, limits.FALLBACK_TEXT), _within(blocks, limits.MESSAGE_BLOCKS))


def _within(blocks: Sequence[Block], most: int) -> list[Block]:
    kept: list[Block] = []
    size = 0
    for block in blocks[:most]:
        size += limits.text_size(block)
        if size > limits.MESSAGE_TEXT:
            break
        kept.append(block)
    return kept


def form(
    callback_id: str,
    *,
    title: str,
    submit: str | None,
    close: str,
    blocks: Sequence[Block],
    carried: Mapping[str, str] | None = None,
) -> View:
    """A form; `carried` comes back with its submission. Without `submit` it only shows."""
    made: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, limits.VIEW_TITLE),
        "close": plain(close, limits.VIEW_TITLE),
        "blocks": list(blocks)[: limits.VIEW_BLOCKS],
        "private_metadata": json.dumps(dict(carried or {}), ensure_ascii=False),
    }
    return {**made, "submit": plain(submit, limits.VIEW_TITLE)} if submit else made


def home(blocks: Sequence[Block]) -> View:
    """A person's App Home."""
    return {"type": "home", "blocks": list(blocks)[: limits.VIEW_BLOCKS]}


def question(
    name: str, label: str, element: Element, *, hint: str = "", optional: bool = False
) -> Block:
    """A field of a form; `name` is its block_id, by which the answer and its error are found."""
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, limits.LABEL),
        "element": element,
        "optional": optional,
    }
    return {**made, "hint": plain(hint, limits.LABEL)} if hint else made


__all__ = ["fit", "form", "home", "marked", "message", "question"]

"""The afternoon's reminder: what is due today, then what is due on the next business day."""

from collections.abc import Sequence

from bot.core.reminder import Reminder
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.views.blocks import actions, context, section
from bot.views.elements import button
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.task_rows import build_task_row
from bot.views.words import word

ROWS = 10


def build_reminder_message(say: Say, found: Reminder) -> Message:
    """Ten rows at most, those of today first; the rest is counted."""
    counts = {"due": len(found.due), "tomorrow": len(found.tomorrow)}
    head = say("remind", "head", today=found.today, next_on=found.next_on, **counts)
    tomorrow = found.tomorrow[: max(0, ROWS - len(found.due))]
    rows = [
        *_group(say, found, "due", found.due[:ROWS]),
        *_group(say, found, "tomorrow", tomorrow),
    ]
    blocks = fit(
        [section(head)],
        rows,
        actions([button(word(say, "tasks"), "tasks")]),
        lambda left: [context(say("words", "and_more", count=left))],
        hidden=sum(counts.values()) - len(rows),
    )
    text = say("remind", "fallback", today=found.today, next_on=found.next_on, **counts)
    return message(text, blocks)


def _group(say: Say, found: Reminder, name: str, tasks: Sequence[TaskRow]) -> list[list[Block]]:
    title = say("remind", f"group_{name}", next_on=found.next_on)
    rows = [build_task_row(say, each, found.today) for each in tasks]
    return [[section(title), *rows[0]], *rows[1:]] if rows else []

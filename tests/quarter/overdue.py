"""Whether anything that waits for the customer was called overdue, day by day."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.core.told import OVERDUE
from bot.core.vocabulary import TaskState
from bot.store.tables import OutboxItem, Task
from bot.store.unit import Store


@dataclass
class Overdue:
    """`said` are rows of digests, `wrong` those of tasks that waited when the digest was made.

    A task's state changes by day alone: `note` keeps it in the evening, `look` reads what the
    next morning said.
    """

    store: Store
    workspace_id: int
    said: int = 0
    wrong: int = 0
    waiting: set[int] = field(default_factory=set)
    read: set[int] = field(default_factory=set)

    def note(self) -> None:
        """Remember what waits."""
        with self.store.reading(self.workspace_id) as unit:
            wanted = select(Task.id).filter_by(state=TaskState.WAITING.value)
            self.waiting = set(unit.session.scalars(wanted))

    def look(self) -> None:
        """Read the digests that are new."""
        with self.store.reading(self.workspace_id) as unit:
            wanted = select(OutboxItem).where(OutboxItem.key.startswith("digest:"))
            new = [each for each in unit.session.scalars(wanted) if each.id not in self.read]
        for each in new:
            self.read.add(each.id)
            tasks = _list_overdue(each.payload["blocks"])
            self.said += len(tasks)
            self.wrong += len(self.waiting.intersection(tasks))


def _list_overdue(blocks: list[dict[str, Any]]) -> list[int]:
    """The tasks that a digest calls overdue, by the marks of its rows."""
    marks = [str(block.get("block_id", "")).split(".") for block in blocks]
    return [
        int(mark[2].removeprefix("task").split("-")[0])
        for mark in marks
        if mark[0] == OVERDUE and mark[2].startswith("task")
    ]

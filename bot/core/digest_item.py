"""One row of a digest and its mark, by which the next digest knows that it was said."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.account_card import BookRow, LastTouch
from bot.core.alert import AlertRow
from bot.core.contract_results import Result, Term
from bot.core.deadlines import Deadline
from bot.core.task import TaskRow
from bot.core.told import DUE, MANY, UNRECORDED, WAITING
from bot.core.vocabulary import Band


@dataclass(frozen=True)
class Item:
    """One row: its group, the account, and what the group needs to know.

    `term` is the contract that follows a result. `many` are all accounts of a row that stands for
    several; `again` an account that was asked about before, `is_gone` one that has left the book.
    A row of work has its `task`, its `alert` (also the one a task belongs to) or the `touch` that
    agreed on today, and bears what is news of the account in `news`.
    """

    group: str
    row: BookRow
    before: Band | None = None
    deadline: Deadline | None = None
    step: int = 0
    result: Result | None = None
    term: Term | None = None
    many: Sequence[BookRow] = ()
    again: bool = False
    is_gone: bool = False
    task: TaskRow | None = None
    alert: AlertRow | None = None
    touch: LastTouch | None = None
    news: "Item | None" = None

    @property
    def count(self) -> int:
        """How many accounts it tells of."""
        return len(self.many) or 1

    @property
    def is_work(self) -> bool:
        """Whether it comes from a task, an alert or an agreed touch."""
        return bool(self.task or self.alert or self.touch)

    @property
    def mark(self) -> str:
        """What is remembered once this was told, the same as long as nothing changes."""
        return f"{self.group}.{self.row.id}.{self._detail()}"

    def _detail(self) -> str:
        if self.is_work:
            return self._detail_of_work()
        if self.many:
            return MANY
        if self.result:
            return f"{self.result.kind}{self.result.ended_on:%Y%m%d}"
        if self.deadline and self.group == UNRECORDED:
            return f"{self.deadline.kind}{self.deadline.on:%Y%m%d}"
        if self.deadline and self.group == DUE:
            return f"{self.deadline.kind}{self.step}"
        return self.row.standing.measured.value

    def _detail_of_work(self) -> str:
        """A wait is asked about once: the day it ended is part of what is remembered."""
        waited = (self.task or self.alert) if self.group == WAITING else None
        until = f"-{waited.waiting_until_on:%Y%m%d}" if waited and waited.waiting_until_on else ""
        if self.task:
            return f"task{self.task.id}{until}"
        if self.alert:
            return f"alert{self.alert.id}{until}"
        return f"touch{self.touch.next_on:%Y%m%d}" if self.touch and self.touch.next_on else "touch"

"""What is still to do, in the order in which it is looked at: one page of it. Plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.task import TaskRow
from bot.core.vocabulary import TaskState

OVERDUE, DUE, WAITING, WEEK, LATER = "overdue", "due", "waiting", "week", "later"
GROUPS = (OVERDUE, DUE, WAITING, WEEK, LATER)

MINE, TEAM, EVERYTHING, ACCOUNT = "mine", "team", "everything", "account"


def week_end(today: date) -> date:
    """The Sunday that ends the week of `today`."""
    return today + timedelta(days=6 - today.weekday())


def group_of(task: TaskRow, today: date) -> str:
    """What waits for the customer is never overdue."""
    if task.state is TaskState.WAITING:
        return WAITING
    if task.due_on < today:
        return OVERDUE
    if task.due_on == today:
        return DUE
    return WEEK if task.due_on <= week_end(today) else LATER


@dataclass(frozen=True)
class TaskPage:
    """A page of open tasks; `whose` is mine, team, everything or account, which then has its id.

    `counts` are by group over all pages.
    """

    whose: str
    counts: Mapping[str, int]
    rows: Sequence[TaskRow]
    page: int
    page_size: int
    account_id: int | None = None

    @property
    def total(self) -> int:
        """All open tasks, shown or not."""
        return sum(self.counts.values())

    @property
    def last_page(self) -> int:
        """Number of the last page; the first is 0."""
        return max(0, (self.total - 1) // self.page_size)

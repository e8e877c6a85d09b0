"""What somebody is reminded of in the afternoon: tasks due today, and on the next business day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.task import TaskRow
from bot.core.vocabulary import TaskState


@dataclass(frozen=True)
class Reminder:
    """`tomorrow` are tasks due by `next_on`, the next business day of whoever reads it."""

    today: date
    next_on: date
    due: Sequence[TaskRow]
    tomorrow: Sequence[TaskRow]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.due or self.tomorrow)


def build_reminder(tasks: Iterable[TaskRow], today: date, next_on: date) -> Reminder:
    """Most at risk first. What waits for the customer is in neither list, nor is what is overdue:
    the morning's digest says that."""
    ordered = sorted(tasks, key=lambda each: (-each.row.at_risk, each.due_on, each.id))
    still = [each for each in ordered if each.state is TaskState.OPEN]
    return Reminder(
        today=today,
        next_on=next_on,
        due=[each for each in still if each.is_due(today)],
        tomorrow=[each for each in still if today < each.due_on <= next_on],
    )

"""What a regular meeting goes through with one person: each task once, and the days to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.account_card import BookRow
from bot.core.deadlines import NOTICE, RENEWAL
from bot.core.interval import FEWEST
from bot.core.task import TaskRow
from bot.core.vocabulary import Origin, TaskState

TOUCH = "touch"


@dataclass(frozen=True)
class Ahead:
    """A day that is fixed without being a task; `kind` is touch, notice or renewal."""

    row: BookRow
    on: date
    kind: str


@dataclass(frozen=True)
class Waiting:
    """A task that waits for the customer; `since_on` is the last contact, where one is known.

    Of an alert it is the step due first; `more` counts the others that wait with it.
    """

    task: TaskRow
    since_on: date | None
    more: int = 0


@dataclass(frozen=True)
class Progress:
    """Tasks of the month whose day has come, how many of them are done, and others done in it."""

    planned: int = 0
    done: int = 0
    besides: int = 0

    @property
    def share(self) -> float | None:
        """Done of planned; None while there are too few for a share."""
        return self.done / self.planned if self.planned >= FEWEST else None


@dataclass(frozen=True)
class Meeting:
    """Everything to go through; `until_on` is the end of next week, `later` counts what is after.

    `monthly` is what is left of the month's list, `coming` tasks and days up to then, by day.
    """

    overdue: Sequence[TaskRow]
    waiting: Sequence[Waiting]
    monthly: Sequence[TaskRow]
    coming: Sequence[TaskRow | Ahead]
    later: int
    progress: Progress
    until_on: date

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to go through."""
        return not (self.overdue or self.waiting or self.monthly or self.coming)


def build_meeting(
    tasks: Sequence[TaskRow],
    rows: Sequence[BookRow],
    contacts: Mapping[int, tuple[date | None, date | None]],
    progress: Progress,
    today: date,
) -> Meeting:
    """`tasks` are undone, by day; `rows` the book; `contacts` the last and the next by account."""
    until_on = find_end_of_next_week(today)
    undone = [each for each in tasks if each.state is TaskState.OPEN]
    ahead = [each for each in undone if not each.is_overdue(today)]
    others = [each for each in ahead if each.origin is not Origin.MONTHLY]
    near = [each for each in others if each.due_on <= until_on]
    days = [day for row in rows for day in _list_days(row, contacts.get(row.id), today, until_on)]
    return Meeting(
        overdue=[each for each in undone if each.is_overdue(today)],
        waiting=_list_waiting(tasks, contacts),
        monthly=[each for each in ahead if each.origin is Origin.MONTHLY],
        coming=sorted([*near, *days], key=lambda each: (day_of(each), -each.row.at_risk)),
        later=len(others) - len(near),
        progress=progress,
        until_on=until_on,
    )


def _list_waiting(
    tasks: Sequence[TaskRow], contacts: Mapping[int, tuple[date | None, date | None]]
) -> list[Waiting]:
    """One customer is waited for once, however many steps of an alert wait for the reply."""
    by_alert: dict[tuple[str, int], list[TaskRow]] = {}
    for each in tasks:
        if each.state is TaskState.WAITING:
            alert = ("alert", each.episode_id) if each.episode_id else ("task", each.id)
            by_alert.setdefault(alert, []).append(each)
    return [
        Waiting(first, contacts.get(first.row.id, (None, None))[0], len(others))
        for first, *others in by_alert.values()
    ]


def find_end_of_next_week(today: date) -> date:
    """The Sunday of next week."""
    return today + timedelta(days=13 - today.weekday())


def day_of(coming: TaskRow | Ahead) -> date:
    """The day something is due or happens."""
    return coming.due_on if isinstance(coming, TaskRow) else coming.on


def _list_days(
    row: BookRow, contact: tuple[date | None, date | None] | None, today: date, until_on: date
) -> list[Ahead]:
    agreed = contact[1] if contact else None
    days = ((TOUCH, agreed), (NOTICE, row.renewal.notice_on), (RENEWAL, row.renewal.renews_on))
    return [Ahead(row, on, kind) for kind, on in days if on is not None and today <= on <= until_on]

"""A task as lists show it. Refuses to call overdue what waits for the customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.account_card import BookRow, Colleague
from bot.core.vocabulary import Locale, Mover, Origin, TaskState


@dataclass(frozen=True)
class Plan:
    """Something a person wants done by a day; without an owner it is their own."""

    title: str
    due_on: date
    owner_id: int | None = None
    mover: Mover = Mover.US
    note: str = ""


@dataclass(frozen=True)
class TaskRow:
    """One task with its account; `title` by language, `owner` who is to do it."""

    id: int
    row: BookRow
    title: Mapping[str, str]
    due_on: date
    state: TaskState
    origin: Origin
    mover: Mover
    made_on: date
    owner_id: int | None = None
    owner: Colleague | None = None
    episode_id: int | None = None
    playbook: str | None = None
    step: str | None = None
    note: str | None = None
    waiting_until_on: date | None = None
    asked_on: date | None = None
    reason: str | None = None

    def named(self, locale: Locale) -> str:
        """What is to be done, for a reader of `locale`."""
        return self.title[locale]

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed; never while we wait for the customer."""
        return self.state is TaskState.OPEN and self.due_on < today

    def is_due(self, today: date) -> bool:
        """Whether it is to be done today."""
        return self.state is TaskState.OPEN and self.due_on == today

    def is_to_ask(self, today: date) -> bool:
        """Whether the customer has had their time: the day to ask again has come."""
        waited = self.waiting_until_on
        return self.state is TaskState.WAITING and waited is not None and waited <= today

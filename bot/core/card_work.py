"""What a team knows of an account beside its facts: what is open, what was done, who knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.account_card import Colleague
from bot.core.alert import AlertRow
from bot.core.task import TaskRow
from bot.core.vocabulary import Hypothesis, Mover


@dataclass(frozen=True)
class Believed:
    """Why the account is or was at risk, as somebody believed it on that day."""

    hypothesis: Hypothesis
    on: date
    by: Colleague | None = None


@dataclass(frozen=True)
class Deed:
    """Something that was done: a touch of some `kind`, or a task with what came of it.

    `told` is the note of a touch, or what was done for a task; `impression` is a task's alone.
    """

    on: date
    by: Colleague | None
    mover: Mover
    kind: str | None = None
    told: str = ""
    impression: str = ""


@dataclass(frozen=True)
class CardWork:
    """Open alerts and tasks, most urgent first; the last things done, newest first.

    `known_by` counts colleagues who had to do with the account within a year.
    """

    tasks: Sequence[TaskRow] = ()
    alerts: Sequence[AlertRow] = ()
    believed: Believed | None = None
    deeds: Sequence[Deed] = ()
    known_by: int = 0


NO_CARD_WORK = CardWork()

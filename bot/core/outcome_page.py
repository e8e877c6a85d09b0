"""What the form of an outcome shows and asks. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.movement import Shift
from bot.core.outcome import Figures, ResultChoice
from bot.core.task import TaskRow
from bot.core.vocabulary import Hypothesis


@dataclass(frozen=True)
class OutcomePage:
    """One task about to be closed.

    `shift` is the measure that was to be moved, in the reader's language; None where the task has
    none. `cause` is the hypothesis given so far, `has_cause` whether one is asked for. `episode_id`
    is set where the whole alert is closed with it.
    """

    task: TaskRow
    figures: Figures
    results: Sequence[ResultChoice]
    today: date
    shift: Shift | None = None
    cause: Hypothesis | None = None
    has_cause: bool = False
    closes: bool = False

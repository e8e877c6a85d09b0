"""A day on which a metric moved for everybody at once, and what people say it was."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median


class BreakState(StrEnum):
    """Undecided; the way of counting changed; or customers really did more or less."""

    OPEN = "open"
    CHANGED = "changed"
    REAL = "real"


@dataclass(frozen=True)
class MetricBreak:
    """`factors` are by day what all accounts together were of their usual: 0.7 is 30 % less.

    `ended_on` is the first day on which that was as before again; None while it lasts. Of
    `compared` accounts `moved` went along on the first day. `found_on` and `noted_on` are runs.
    `decided_by` is a name, where people are told.
    """

    id: int
    metric: str
    began_on: date
    found_on: date
    noted_on: date
    ended_on: date | None
    factors: dict[date, float]
    compared: int
    moved: int
    state: BreakState
    decided_by: str = ""

    @property
    def factor(self) -> float:
        """The usual size of the step: the middle of its days."""
        return median(self.factors.values())

    @property
    def change(self) -> float:
        """The same as a change: -0.3 is 30 % less."""
        return self.factor - 1.0

    @property
    def asks(self) -> bool:
        """Whether people are still to say what it was."""
        return self.state is BreakState.OPEN and self.ended_on is None

"""A week of the whole team, as managers read it. Plain values; every share has its number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from bot.core.band_flow import Flow
from bot.core.decisions import Decision
from bot.core.interval import FEWEST
from bot.core.playbook_week import PlaybookWeek
from bot.core.practice import Practice
from bot.core.pulse import PulseWeek
from bot.core.renewals import Renewals
from bot.core.vocabulary import Mover
from bot.core.week import Week


@dataclass(frozen=True)
class Planned:
    """Tasks that were due, and those of them that are done; what was dropped is in neither."""

    due: int = 0
    done: int = 0


@dataclass(frozen=True)
class Moved:
    """What was done, by who moved first; a touch and the task it was made for are one."""

    us: int = 0
    them: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.us + self.them

    def share(self, mover: Mover) -> float | None:
        """The part of one side; None while there is too little for a share."""
        part = self.us if mover is Mover.US else self.them
        return part / self.total if self.total >= FEWEST else None


@dataclass(frozen=True)
class Responses:
    """How long alerts told in the week waited until somebody took them up, by the clock.

    `waits` are of those taken up, nights and days off included; `open_count` still wait.
    """

    waits: Sequence[timedelta] = ()
    open_count: int = 0

    @property
    def told(self) -> int:
        """Alerts told in the week."""
        return len(self.waits) + self.open_count

    @property
    def median(self) -> timedelta | None:
        """The middle wait; None where nothing was taken up."""
        seconds = [each.total_seconds() for each in self.waits]
        return timedelta(seconds=median(seconds)) if seconds else None


@dataclass(frozen=True)
class Heard:
    """What customers said: how often, and what about most often, where it was noted."""

    count: int = 0
    topic: str | None = None
    topic_count: int = 0


@dataclass(frozen=True)
class Weekly:
    """Everything a summary says."""

    days: Week
    flow: Flow
    decisions: Sequence[Decision]
    renewals: Renewals
    playbooks: Sequence[PlaybookWeek]
    planned: Planned
    moved: Moved
    responses: Responses
    heard: Heard
    pulses: PulseWeek = field(default_factory=PulseWeek)
    practices: Sequence[Practice] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all happened that there would be a line for."""
        happened = self.renewals.due.count, self.planned.due, self.moved.total, self.heard.count
        felt = self.pulses.count
        is_idle = all(each.is_quiet for each in self.playbooks)
        return is_idle and not any((*happened, felt, self.responses.told, len(self.decisions)))

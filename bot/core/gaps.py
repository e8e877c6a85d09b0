"""Whether collecting data or acting on it holds things up, and on which figures that rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.breaks import MetricBreak
from bot.core.sources import Source
from bot.core.waves import Wave

# Below this share nothing is called a bottleneck.
NOTABLE = 0.1


class Bottleneck(StrEnum):
    """Where it is stuck."""

    COLLECT = "collect"
    ACT = "act"
    NEITHER = "neither"


@dataclass(frozen=True)
class Lacking:
    """A measure of the model, by its label: `asked` accounts, of which `missing` have none.

    `kinds` are the files that it is read from.
    """

    label: str
    asked: int
    missing: int
    kinds: Sequence[str]

    @property
    def share(self) -> float:
        """Of those asked, the share without it."""
        return self.missing / self.asked


@dataclass(frozen=True)
class Collecting:
    """Accounts by what their last score rests on (`thin`: less than 70 % of the weights)."""

    accounts: int
    unscored: int
    thin: int
    unlinked: int
    unused_signals: Sequence[str]
    sources: Sequence[Source]
    breaks: Sequence[MetricBreak]
    waves: Sequence[Wave] = ()
    lacking: Sequence[Lacking] = ()

    @property
    def late(self) -> list[Source]:
        """Sources that should have come by now."""
        return [each for each in self.sources if each.is_late]

    @property
    def share(self) -> float:
        """Share of accounts of which too little is known."""
        return (self.unscored + self.thin) / self.accounts if self.accounts else 0.0


@dataclass(frozen=True)
class Acting:
    """Open alerts and tasks, and of them those that lie; closings and claims of four weeks."""

    alerts: int
    unclaimed: int
    tasks: int
    overdue: int
    unanswered: int
    closed: int
    without_outcome: int
    claim_hours: float | None

    @property
    def stuck(self) -> int:
        """Unclaimed since before today, overdue, or waiting past their day."""
        return self.unclaimed + self.overdue + self.unanswered

    @property
    def share(self) -> float:
        """Their share of what is open."""
        whole = self.alerts + self.tasks
        return self.stuck / whole if whole else 0.0


@dataclass(frozen=True)
class Gaps:
    """Both stages."""

    collecting: Collecting
    acting: Acting

    @property
    def bottleneck(self) -> Bottleneck:
        """The stage with the greater share; where both are small, what comes late decides."""
        collect, act = self.collecting.share, self.acting.share
        if max(collect, act) < NOTABLE:
            return Bottleneck.COLLECT if self.collecting.late else Bottleneck.NEITHER
        return Bottleneck.COLLECT if collect >= act else Bottleneck.ACT

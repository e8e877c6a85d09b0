"""The first diagnosis as plain values: where all accounts stand on the day watching begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.account_card import BookRow
from bot.core.focus import Focus
from bot.core.setup import Landing
from bot.core.vocabulary import Band

# A change over weeks is no trend before there are this many of them.
TREND_WEEKS = 8


@dataclass(frozen=True)
class Sign:
    """A measure that pulls a score down, named in the reader's language, in points."""

    label: str
    unit: str
    value: float
    points: float


@dataclass(frozen=True)
class Worst:
    """One of the accounts to begin with, and why."""

    row: BookRow
    signs: Sequence[Sign]


@dataclass(frozen=True)
class Missing:
    """What the data lack: accounts without owner, score, goal (導入目的) or success criteria, and
    kinds of facts without any row."""

    without_owner: int
    unscored: int
    without_goal: int
    without_criteria: int
    kinds: Sequence[str]


@dataclass(frozen=True)
class Diagnosis:
    """`landings` by band with amounts in `currency`; `weeks` of daily usage on file."""

    on: date
    run_on: date | None
    currency: str
    landings: Mapping[Band, Landing]
    worst: Sequence[Worst]
    missing: Missing
    weeks: int
    is_provisional: bool
    focus: Focus = Focus.CHURN

    @property
    def has_trends(self) -> bool:
        """Whether a trend may be told."""
        return self.weeks >= TREND_WEEKS

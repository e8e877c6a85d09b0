"""What a CSM feels about an account, beside the scores and in none of them. Plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.core.vocabulary import Feeling, PulseReason

# After a quarter a feeling is shown as old and asked for again.
STALE = timedelta(days=90)
LONGEST_WORDS = 300


@dataclass(frozen=True)
class Pulse:
    """One feeling of one day; `by` is who felt it."""

    id: int
    account_id: int
    feeling: Feeling
    reasons: Sequence[PulseReason]
    words: str
    felt_on: date
    by: str
    member_id: int

    def age_days(self, today: date) -> int:
        """Days since."""
        return (today - self.felt_on).days

    def is_stale(self, today: date) -> bool:
        """Whether it is too old to be gone by."""
        return today - self.felt_on >= STALE


@dataclass(frozen=True)
class PulseWeek:
    """Pulses of a week, counted; of an account felt twice each counts."""

    feelings: Mapping[Feeling, int] = field(default_factory=dict)
    reasons: Mapping[PulseReason, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.feelings.values())

    @property
    def most_named(self) -> list[tuple[PulseReason, int]]:
        """The reasons named most often, five at most; as often named ones in the form's order."""
        order = list(PulseReason)
        named = sorted(self.reasons.items(), key=lambda each: (-each[1], order.index(each[0])))
        return named[:5]

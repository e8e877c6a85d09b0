"""Which band an account is said to be in: one that held, or that was reached by a leap.

Refuses news from a score that plays around an edge. What is shown is always the band of the score
that is shown; this decides only when a move is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.vocabulary import Band

# Mornings in a row on which a band must be measured before the move is told.
HELD_DAYS = 3
# Points from the last score in the old band; a move as large is told the same morning.
LEAP = 5.0


@dataclass(frozen=True)
class Reading:
    """What one day's run measured; never of an unknown band."""

    on: date
    band: Band
    score: float


def find_steady_band(readings: Sequence[Reading]) -> Band | None:
    """The band of readings, oldest first, once moves that did not last are left out.

    The oldest is believed as it is; None without any.
    """
    steady: Reading | None = None
    row = 0
    for before, now in zip((None, *readings), readings, strict=False):
        row = row + 1 if before and before.band is now.band else 1
        if steady is None or now.band is steady.band or row >= HELD_DAYS or _leaps(steady, now):
            steady = now
    return steady.band if steady else None


def _leaps(last: Reading, now: Reading) -> bool:
    return abs(now.score - last.score) >= LEAP

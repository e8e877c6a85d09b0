"""Where an account stands: what was measured, what a person says, and what is at risk by it.

Refuses to hide either score: a score by hand leads while it lasts, the measured one stays beside.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor

from bot.core.vocabulary import Band

WORST_FIRST = (Band.RED, Band.YELLOW, Band.UNKNOWN, Band.GREEN)

# Share of the yearly amount at risk where only the band is known; a measured score says it finer.
RISK_OF_BAND = {
    Band.RED: Decimal("0.75"),
    Band.YELLOW: Decimal("0.45"),
    Band.UNKNOWN: Decimal("0.50"),
    Band.GREEN: Decimal("0.15"),
}


@dataclass(frozen=True)
class HandScore:
    """A band given by a person, with the line why; it leads until `expires_on`, included."""

    band: Band
    reason: str
    given_by: str
    given_on: date
    expires_on: date


@dataclass(frozen=True)
class Standing:
    """The latest measured score of an account (0-100, higher is healthier) and the one by hand.

    `coverage` is the share of the model's weight that had data; `data_on` the last day of facts.
    """

    measured: Band = Band.UNKNOWN
    score: float | None = None
    coverage: float = 0.0
    run_on: date | None = None
    data_on: date | None = None
    model_version: int | None = None
    by_hand: HandScore | None = None

    @property
    def band(self) -> Band:
        """The band people act on."""
        return self.by_hand.band if self.by_hand else self.measured

    @property
    def is_vouched(self) -> bool:
        """Whether a person says, with a reason, that it is not at risk as was measured.

        Below the threshold it opens no alert meanwhile; other signs do.
        """
        hand = self.by_hand
        contradicts = hand is not None and hand.band is not Band.RED and bool(hand.reason)
        return contradicts and self.measured is Band.RED

    @property
    def shown(self) -> int | None:
        """The score as people see it: whole points, rounded down.

        Bands begin at whole points, so a score just below an edge must not look like the edge.
        """
        return None if self.score is None else floor(self.score)

    @property
    def risk(self) -> Decimal:
        """Share of the yearly amount at risk, from 0 to 1."""
        if self.by_hand or self.score is None:
            return RISK_OF_BAND[self.band]
        return 1 - Decimal(str(self.score)) / 100

"""From yearly revenue to tier, touch and owner mode.  Refuses overlapping or unordered bands."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bot.core.vocabulary import OwnerMode, Tier, Touch


@dataclass(frozen=True)
class TierBand:
    """Accounts whose ARR is at least `floor` (major units) and below the next band's floor."""

    floor: Decimal
    tier: Tier
    touch: Touch
    owner_mode: OwnerMode


# Half-open, since the source's "$50K-500K以上" overlaps "$500K以上" and says nothing below $1K.
DEFAULT_BANDS = (
    TierBand(Decimal(0), Tier.SMB, Touch.TECH, OwnerMode.NONE),
    TierBand(Decimal(1_000), Tier.SMB, Touch.TECH, OwnerMode.POOLED),
    TierBand(Decimal(10_000), Tier.MID, Touch.LOW, OwnerMode.POOLED),
    TierBand(Decimal(50_000), Tier.ENTERPRISE, Touch.HIGH, OwnerMode.DEDICATED),
    TierBand(Decimal(500_000), Tier.STRATEGIC, Touch.HIGH, OwnerMode.DEDICATED),
)


@dataclass(frozen=True)
class TierBands:
    """The editable table of bands, in one currency; the lowest has floor 0."""

    bands: tuple[TierBand, ...] = DEFAULT_BANDS
    currency: str = "USD"

    def __post_init__(self) -> None:
        floors = [band.floor for band in self.bands]
        if not floors or floors[0] != 0:
            raise ValueError("the lowest tier band must start at 0")
        if any(low >= high for low, high in pairwise(floors)):
            raise ValueError("each tier band must start above the one before it")

    def assign(self, arr: Decimal) -> TierBand:
        """The band of `arr`, given in `currency`; credits below 0 fall into the lowest."""
        return next((band for band in reversed(self.bands) if band.floor <= arr), self.bands[0])

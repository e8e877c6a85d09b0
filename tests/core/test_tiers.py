"""Every revenue has exactly one band, edges included below."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.tiers import TierBand, TierBands
from bot.core.vocabulary import OwnerMode, Tier, Touch

REVENUES = st.decimals(min_value=0, allow_infinity=False, allow_nan=False)


@pytest.mark.row("C17")
@pytest.mark.parametrize(
    ("arr", "tier", "touch", "owner_mode"),
    [
        ("-5", Tier.SMB, Touch.TECH, OwnerMode.NONE),
        ("0", Tier.SMB, Touch.TECH, OwnerMode.NONE),
        ("999.99", Tier.SMB, Touch.TECH, OwnerMode.NONE),
        ("1000", Tier.SMB, Touch.TECH, OwnerMode.POOLED),
        ("9999.99", Tier.SMB, Touch.TECH, OwnerMode.POOLED),
        ("10000", Tier.MID, Touch.LOW, OwnerMode.POOLED),
        ("49999.99", Tier.MID, Touch.LOW, OwnerMode.POOLED),
        ("50000", Tier.ENTERPRISE, Touch.HIGH, OwnerMode.DEDICATED),
        ("499999.99", Tier.ENTERPRISE, Touch.HIGH, OwnerMode.DEDICATED),
        ("500000", Tier.STRATEGIC, Touch.HIGH, OwnerMode.DEDICATED),
        ("1e12", Tier.STRATEGIC, Touch.HIGH, OwnerMode.DEDICATED),
    ],
)
def test_an_edge_belongs_to_the_band_above_it(
    arr: str, tier: Tier, touch: Touch, owner_mode: OwnerMode
) -> None:
    band = TierBands().assign(Decimal(arr))
    assert (band.tier, band.touch, band.owner_mode) == (tier, touch, owner_mode)


def _band(floor: int) -> TierBand:
    return TierBand(Decimal(floor), Tier.MID, Touch.LOW, OwnerMode.POOLED)


@pytest.mark.parametrize("floors", [[], [5], [0, 10, 10], [0, 20, 10]])
def test_bands_that_leave_a_gap_or_overlap_are_refused(floors: list[int]) -> None:
    with pytest.raises(ValueError, match="tier band must start"):
        TierBands(tuple(_band(floor) for floor in floors))


def test_a_company_edits_its_bands_in_its_own_currency() -> None:
    bands = TierBands((_band(0), _band(1_200_000)), currency="JPY")
    assert bands.assign(Decimal(1_199_999)).floor == 0
    assert bands.assign(Decimal(1_200_000)).floor == 1_200_000


@given(REVENUES, REVENUES)
def test_more_revenue_never_means_a_lower_band(some: Decimal, more: Decimal) -> None:
    low, high = sorted([some, more])
    assert TierBands().assign(low).floor <= TierBands().assign(high).floor

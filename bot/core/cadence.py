"""How often a customer is spoken to at least: by value, and oftener where the product is hard.

Refuses to call anybody rarer than the tier asks: an easy product is no reason to be quiet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.vocabulary import Difficulty, Tier, Touch


@dataclass(frozen=True)
class Cadence:
    """How often an account is spoken to at least, and how often it is met to look back, in days."""

    contact_days: int
    review_days: int


_CLOSE, _WIDE = Cadence(7, 30), Cadence(14, 90)
CADENCES: Mapping[Tier, Cadence] = {
    Tier.STRATEGIC: _CLOSE,
    Tier.ENTERPRISE: _CLOSE,
    Tier.MID: _WIDE,
    Tier.SMB: Cadence(30, 180),
}
# Where no tier is known, by how the account is served.
BY_TOUCH: Mapping[Touch, Cadence] = {
    Touch.HIGH: _CLOSE,
    Touch.LOW: _WIDE,
    Touch.TECH: CADENCES[Tier.SMB],
}


def find_cadence(
    tier: Tier | None,
    touch: Touch,
    difficulty: Difficulty = Difficulty.NORMAL,
    contact_days: int | None = None,
) -> Cadence:
    """The cadence of an account; a service that is hard to use asks for contact twice as often.

    `contact_days`, where ops has chosen them for its way of serving, stand for its tier's.
    """
    usual = CADENCES[tier] if tier else BY_TOUCH[touch]
    if contact_days is not None:
        usual = replace(usual, contact_days=contact_days)
    if difficulty is not Difficulty.HARD:
        return usual
    return Cadence(usual.contact_days // 2 + usual.contact_days % 2, usual.review_days)

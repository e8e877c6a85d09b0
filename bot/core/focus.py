"""What the company puts first in its phase, and which accounts that brings forward.

Refuses to hide trouble: a focus orders within what is to be said and takes nothing away.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

from bot.core.account_card import BookRow
from bot.core.vocabulary import Band, Stage


class Focus(StrEnum):
    """Winning customers, keeping them, or growing with them; keeping is where nobody has said."""

    ACQUISITION = "acquisition"
    CHURN = "churn"
    UPSELL = "upsell"


# Of accounts in trouble, whom the focus brings forward; keeping customers asks for no stage.
STAGE_OF_FOCUS = {Focus.ACQUISITION: Stage.ONBOARDING, Focus.UPSELL: Stage.EXPANSION}


def is_ready(row: BookRow, troubled: Collection[int] = ()) -> bool:
    """Whether more may be offered: healthy by measure, not thought otherwise by hand, past
    onboarding, and not among `troubled`, the accounts with an open alert."""
    standing = row.standing
    is_healthy = standing.measured is Band.GREEN and standing.band is Band.GREEN
    return is_healthy and row.stage != Stage.ONBOARDING.value and row.id not in troubled


def list_ready(rows: Iterable[BookRow], troubled: Collection[int]) -> list[BookRow]:
    """The accounts ready for more, in the order given."""
    return [row for row in rows if is_ready(row, troubled)]


def leads(focus: Focus, row: BookRow, troubled: Collection[int] = ()) -> bool:
    """Whether the account comes before others of the same urgency."""
    if focus is Focus.ACQUISITION:
        return row.stage == Stage.ONBOARDING.value
    return focus is Focus.UPSELL and is_ready(row, troubled)

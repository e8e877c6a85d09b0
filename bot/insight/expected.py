"""How many of several things happen, each with its own chance, and how sure that number is.

Refuses certainty from cases in which nothing, or everything, happened.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt

from bot.insight.auc import Z
from bot.insight.column import Floats

# Agresti and Coull 1998: an interval of a share behaves with two cases more on either side.
_MORE = 2


@dataclass(frozen=True)
class Expected:
    """The number that is expected, and whole numbers it lies between with 95 %."""

    value: float
    low: int
    high: int


def expect(shares: Floats, cases: int) -> Expected:
    """Of as many as `shares`, whose level was estimated on `cases`; at least one share.

    Two things are unsure: who it is, by chance, and the level of all shares together.
    """
    count, value = len(shares), float(shares.sum())
    level = (value / count * cases + _MORE) / (cases + 2 * _MORE)
    of_level = count**2 * level * (1 - level) / (cases + 2 * _MORE)
    reach = Z * sqrt(float((shares * (1 - shares)).sum()) + of_level)
    return Expected(value, max(0, floor(value - reach)), min(count, ceil(value + reach)))

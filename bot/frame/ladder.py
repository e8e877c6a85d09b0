"""Levels of proficiency (活用レベル): how often, how deep and how broadly a product is used.

The level is the lowest rung that any of the three stands on. Refuses to guess: what a source
delivers at all must be known of the account; what it does not deliver is not asked.
"""

import numpy as np
from numpy.typing import NDArray

from bot.frame.usage import Usage

FloatArray = NDArray[np.float64]

_WINDOW = 20
# From which value on the rungs 2, 3, 4 and 5 are reached; the edges are ours, and shown.
LOGIN_DAYS = (0.2, 0.5, 0.8, 0.9)
KEY_DAYS = (0.05, 0.4, 0.6, 0.8)
FEATURES = (1.0, 2.0, 3.0, 6.0)


def read_levels(usage: Usage, *, skip: int = 0) -> FloatArray | None:
    """1 to 5 by account, as of `skip` business days ago; None where no logins are delivered."""
    if not usage.has("logins"):
        return None
    rungs = [_climb(usage.share_used("logins", _WINDOW, skip=skip), LOGIN_DAYS)]
    keys = [name for name in usage.key_metrics() if usage.has(name)]
    if keys:
        shares = [usage.share_used(name, _WINDOW, skip=skip) for name in keys]
        rungs.append(_climb(np.fmax.reduce(shares), KEY_DAYS))
    if usage.has("features_used"):
        rungs.append(_climb(usage.mean("features_used", _WINDOW, skip=skip), FEATURES))
    lowest: FloatArray = np.minimum.reduce(rungs)
    return lowest


def _climb(values: FloatArray, edges: tuple[float, ...]) -> FloatArray:
    rung = 1.0 + np.searchsorted(edges, values, side="right")
    return np.where(np.isnan(values), np.nan, rung)

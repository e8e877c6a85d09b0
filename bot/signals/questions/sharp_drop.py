"""The score fell sharply within five business days."""

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


_EPOCH = date(1970, 1, 1).toordinal()
# A fall is made good when half of it has come back.
_MADE_GOOD = 0.5


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit from 15 points on; lasts until half of them have come back.

    Compared are scores of one version of the model that rest on as much data: see `Before`.
    """
    import numpy as np

    from bot.signals.seen import Hit, is_known

    now, before = seen.score, seen.before.score
    known, fall = is_known(now, before), before - now
    on = np.nan if seen.before.on is None else seen.before.on.toordinal() - _EPOCH
    return Hit(
        holds=known & (fall >= limits["points"]),
        known=known,
        values={
            "score": now,
            "score_before": before,
            "before_on": np.full(seen.size, on),
        },
        now=now,
        level=before - _MADE_GOOD * fall,
    )


SIGNAL = Signal(
    key="sharp_drop",
    columns=(),
    values=("score", "score_before", "before_on"),
    moving=("before_on",),
    # ≥15 points in 5 business days: what CS teams alert on.
    limits=MappingProxyType({"points": 15.0}),
    ask=ask,
)

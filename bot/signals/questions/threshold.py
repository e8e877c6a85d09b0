"""The score is below the red edge of the model's bands."""

from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", _: Limits) -> "Hit":
    """Hit below the edge; the edge is the model's, so it is edited there."""
    import numpy as np

    from bot.signals.seen import build_hit, is_known

    edge = np.full(seen.size, seen.red_below)
    return build_hit(seen.score < seen.red_below, is_known(seen.score), score=seen.score, edge=edge)


SIGNAL = Signal(key="threshold", columns=(), values=("score", "edge"), ask=ask)

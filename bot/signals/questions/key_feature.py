"""The key features are used on too few days."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.signals.signal import Limits, Signal

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen


def ask(seen: "Seen", limits: Limits) -> "Hit":
    """Hit below two days in five."""
    import numpy as np

    from bot.signals.seen import build_hit, is_known

    share = seen.number("key_feature_rate_20bd")
    limit = np.full(seen.size, limits["below"])
    return build_hit(share < limit, is_known(share), share=share, limit=limit)


SIGNAL = Signal(
    key="key_feature",
    columns=("key_feature_rate_20bd",),
    values=("share", "limit"),
    limits=MappingProxyType({"below": 0.4}),
    ask=ask,
)

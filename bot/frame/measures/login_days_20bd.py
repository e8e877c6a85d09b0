"""How regularly somebody logs in."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Share of the last 20 business days with at least one login."""
    import numpy as np

    from bot.frame.block import Column

    if not block.usage.has("logins"):
        return block.unknown()
    late = np.full(block.size, block.usage.is_late("logins", _VALID))
    return Column(block.usage.share_used("logins", 20), late)


MEASURE = Measure(
    name="login_days_20bd",
    label=Words(ja="ログイン日数", en="Login days"),
    meaning=Words(
        ja="直近20営業日のうち、誰かがログインした日の割合",
        en="Share of the last 20 business days on which somebody logged in",
    ),
    unit=Unit.SHARE,
    kind=Kind.ADDITIVE,
    window="20bd",
    needs=("usage:logins",),
    validity_days=_VALID,
    compute=compute,
)

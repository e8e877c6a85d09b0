"""How long the customer has given no sign of life at all."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Business days since the last login, inquiry, answer, remark, or contact they began.

    Unknown without a login feed: that nobody writes says nothing then.
    """
    import numpy as np

    from bot.frame.block import Column

    if not block.usage.has("logins"):
        return block.unknown()
    silent = block.usage.days_unused("logins")
    signs = block.facts.get("signs")
    if signs is not None:
        silent = np.where(
            np.isnan(silent), silent, np.fmin(silent, block.worked_since(signs.spread("seen_on")))
        )
    return Column(silent, np.full(block.size, block.usage.is_late("logins", _VALID)))


MEASURE = Measure(
    name="silent_bd",
    label=Words(ja="音沙汰のない日数", en="Silent for"),
    meaning=Words(
        ja="最後のログイン・問い合わせ・NPS回答・VoC・顧客からの連絡からの営業日数",
        en="Business days since the last login, inquiry, NPS answer, remark or contact of theirs",
    ),
    unit=Unit.BUSINESS_DAYS,
    kind=Kind.AGE,
    window="latest",
    needs=("usage:logins", "signs"),
    validity_days=_VALID,
    compute=compute,
)

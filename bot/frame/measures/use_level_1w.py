"""How much is used, by the day, over a week."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Key feature use (else logins) per business day, mean of the last 5."""
    from bot.frame.use import read_level

    return read_level(block, 5)


MEASURE = Measure(
    name="use_level_1w",
    label=Words(ja="1週間の利用量", en="Use over a week"),
    meaning=Words(
        ja="1営業日あたりの利用量(主要機能、なければログイン)。直近5営業日の平均",
        en="Key feature use (else logins) per business day, mean of the last 5",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="5bd",
    needs=(
        "usage:key",
        "usage:logins",
    ),
    validity_days=5,
    compute=compute,
)

"""How much is used, by the day, over twelve weeks."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Key feature use (else logins) per business day, mean of the last 60."""
    from bot.frame.use import read_level

    return read_level(block, 60)


MEASURE = Measure(
    name="use_level_12w",
    label=Words(ja="12週間の利用量", en="Use over twelve weeks"),
    meaning=Words(
        ja="1営業日あたりの利用量(主要機能、なければログイン)。直近60営業日の平均",
        en="Key feature use (else logins) per business day, mean of the last 60",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="60bd",
    needs=(
        "usage:key",
        "usage:logins",
    ),
    validity_days=5,
    compute=compute,
)

"""How much is used, by the day, over four weeks."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Key feature use (else logins) per business day, mean of the last 20."""
    from bot.frame.use import read_level

    return read_level(block, 20)


MEASURE = Measure(
    name="use_level_4w",
    label=Words(ja="4週間の利用量", en="Use over four weeks"),
    meaning=Words(
        ja="1営業日あたりの利用量(主要機能、なければログイン)。直近20営業日の平均",
        en="Key feature use (else logins) per business day, mean of the last 20",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="20bd",
    needs=(
        "usage:key",
        "usage:logins",
    ),
    validity_days=5,
    compute=compute,
)

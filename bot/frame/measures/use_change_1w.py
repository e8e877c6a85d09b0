"""Whether the use of a week moved against the account's own past, weekday by weekday."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Change of the last 5 business days against the 20 before, weekday by weekday."""
    from bot.frame.use import read_change

    return read_change(block, block.usage, 5, 20)


MEASURE = Measure(
    name="use_change_1w",
    label=Words(ja="直近1週間の利用の増減", en="Last week's use against before"),
    meaning=Words(
        ja="直近5営業日の利用量(主要機能、なければログイン)の、"
        "その前の20営業日の同じ曜日と比べた増減",
        en="Key feature use (else logins) of the last 5 business days against the same weekdays "
        "of the 20 before",
    ),
    unit=Unit.CHANGE,
    kind=Kind.ADDITIVE,
    window="5bd/20bd",
    needs=(
        "usage:key",
        "usage:logins",
    ),
    validity_days=5,
    compute=compute,
)

"""Whether the use of a quarter moved against the account's own past, weekday by weekday."""

from typing import TYPE_CHECKING

from bot.frame.measure import LONG_DAYS, Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Change of the last 60 business days against the 60 before, weekday by weekday."""
    from bot.frame.use import read_change

    return read_change(block, block.long_usage, 60, 60)


MEASURE = Measure(
    name="use_change_12w",
    label=Words(ja="直近12週間の利用の増減", en="Use of twelve weeks against before"),
    meaning=Words(
        ja="直近60営業日の利用量(主要機能、なければログイン)の、"
        "その前の60営業日の同じ曜日と比べた増減",
        en="Key feature use (else logins) of the last 60 business days against the same "
        "weekdays of the 60 before",
    ),
    unit=Unit.CHANGE,
    kind=Kind.ADDITIVE,
    window="60bd/60bd",
    needs=(
        "usage:key",
        "usage:logins",
    ),
    validity_days=5,
    usage_days=LONG_DAYS,
    compute=compute,
)

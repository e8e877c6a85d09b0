"""Whether the use of four weeks moved against the account's own past, weekday by weekday."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Change of the last 20 business days against the 40 before, weekday by weekday."""
    from bot.frame.use import read_change

    return read_change(block, block.usage, 20, 40)


MEASURE = Measure(
    name="use_change_4w",
    label=Words(ja="直近4週間の利用の増減", en="Use of four weeks against before"),
    meaning=Words(
        ja="直近20営業日の利用量(主要機能、なければログイン)の、"
        "その前の40営業日の同じ曜日と比べた増減",
        en="Key feature use (else logins) of the last 20 business days against the same "
        "weekdays of the 40 before",
    ),
    unit=Unit.CHANGE,
    kind=Kind.ADDITIVE,
    window="20bd/40bd",
    needs=(
        "usage:key",
        "usage:logins",
    ),
    validity_days=5,
    compute=compute,
)

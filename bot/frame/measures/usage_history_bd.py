"""How much of the past is on file: a trend needs eight weeks."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Business days from the first known one of the last 90 days."""
    from bot.frame.block import Column

    main = block.usage.find_main()
    return block.unknown() if main is None else Column(block.usage.days_known(main))


MEASURE = Measure(
    name="usage_history_bd",
    label=Words(ja="利用データの期間", en="Usage on file"),
    meaning=Words(
        ja="直近90日のうち、利用データ(主要機能、なければログイン)が届き始めてからの営業日数",
        en="Business days of the last 90 days since key feature use (else logins) is on file",
    ),
    unit=Unit.BUSINESS_DAYS,
    kind=Kind.FACT,
    window="90d",
    needs=("usage:key", "usage:logins"),
    compute=compute,
)

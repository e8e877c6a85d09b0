"""Days to notice deadline of the contract that comes next."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Days from the run, 0 today; unknown where no such day lies ahead."""
    from bot.frame.block import Column

    contracts = block.facts.get("contracts")
    if contracts is None:
        return block.unknown()
    return Column(-block.age(contracts.spread("notice_on")))


MEASURE = Measure(
    name="days_to_notice",
    label=Words(ja="解約通知期限までの日数", en="Days to notice deadline"),
    meaning=Words(
        ja="次の解約通知期限までの日数",
        en="Days to notice deadline of the contract that comes next",
    ),
    unit=Unit.DAYS,
    kind=Kind.AGE,
    window="next",
    needs=("contracts",),
    compute=compute,
)

"""How long until the customer must have decided."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Days to each contract's notice deadline, its renewal where it has none; the nearest ahead."""
    from bot.frame.block import Column

    deadlines = block.facts.get("deadlines")
    if deadlines is None:
        return block.unknown()
    return Column(-block.age(deadlines.spread("deadline_on")))


MEASURE = Measure(
    name="days_to_deadline",
    label=Words(ja="期限までの日数", en="Days to deadline"),
    meaning=Words(
        ja="解約通知期限(未登録の契約は更新日)までの日数",
        en="Days to the notice deadline, or to the renewal of a contract that has none",
    ),
    unit=Unit.DAYS,
    kind=Kind.AGE,
    window="next",
    needs=("deadlines",),
    compute=compute,
)

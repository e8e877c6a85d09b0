"""How many inquiries there were in four weeks."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Inquiries opened in 28 days; 0 for accounts without any."""
    from bot.frame.block import Column

    tickets = block.facts.get("tickets")
    if tickets is None:
        return block.unknown()
    return Column(tickets.sum(tickets.numbers["opened_28d"]))


MEASURE = Measure(
    name="tickets_28d",
    label=Words(ja="28日間の問い合わせ", en="Inquiries in 28 days"),
    meaning=Words(ja="直近28日の問い合わせの件数", en="Inquiries opened in the last 28 days"),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="28d",
    needs=("tickets",),
    compute=compute,
)

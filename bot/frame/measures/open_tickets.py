"""Inquiries not solved yet."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """How many as of the run; 0 for accounts without any."""
    from bot.frame.block import Column

    tickets = block.facts.get("tickets")
    if tickets is None:
        return block.unknown()
    return Column(tickets.sum(tickets.numbers["open_now"]))


MEASURE = Measure(
    name="open_tickets",
    label=Words(ja="未解決の問い合わせ", en="Open inquiries"),
    meaning=Words(ja="解決していない問い合わせの件数", en="Inquiries not solved yet"),
    unit=Unit.COUNT,
    kind=Kind.LEVEL,
    window="latest",
    needs=("tickets",),
    compute=compute,
)

"""Inquiries of high or urgent priority not solved yet."""

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
    return Column(tickets.sum(tickets.numbers["urgent_now"]))


MEASURE = Measure(
    name="urgent_tickets",
    label=Words(ja="未解決の重要な問い合わせ", en="Urgent open inquiries"),
    meaning=Words(
        ja="解決していない、優先度が高または緊急の問い合わせの件数",
        en="Inquiries of high or urgent priority not solved yet",
    ),
    unit=Unit.COUNT,
    kind=Kind.LEVEL,
    window="latest",
    needs=("tickets",),
    compute=compute,
)

"""Many small questions say that something is not understood."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Small inquiries of 28 days (`bot/frame/inquiries.py`); 0 for accounts without any."""
    from bot.frame.block import Column
    from bot.frame.inquiries import count_small

    asked = block.facts.get("inquiries")
    return block.unknown() if asked is None else Column(count_small(block, asked)[0])


MEASURE = Measure(
    name="small_tickets_28d",
    label=Words(ja="細かい問い合わせ", en="Small inquiries"),
    meaning=Words(
        ja="直近28日の、優先度が通常以下で3日以内に終わった問い合わせの件数",
        en="Inquiries of 28 days of low or normal priority that were over within three days",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="28d",
    needs=("inquiries",),
    compute=compute,
)

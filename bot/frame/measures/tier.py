"""Class of the account by value."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As the account list has it."""
    from bot.frame.block import Column

    return Column(block.accounts["tier"])


MEASURE = Measure(
    name="tier",
    label=Words(ja="ティア", en="Tier"),
    meaning=Words(ja="年額による顧客の区分", en="Class of the account by its yearly amount"),
    unit=Unit.WORD,
    kind=Kind.FACT,
    window="now",
    needs=("accounts",),
    compute=compute,
)

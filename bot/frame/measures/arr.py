"""What the account is worth a year."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As the account list has it."""
    from bot.frame.block import Column

    return Column(block.accounts["arr"])


MEASURE = Measure(
    name="arr",
    label=Words(ja="ARR", en="ARR"),
    meaning=Words(
        ja="契約中の年額の合計(基準通貨)",
        en="Yearly amount of the running contracts in the base currency",
    ),
    unit=Unit.MONEY,
    kind=Kind.FACT,
    window="now",
    needs=("accounts",),
    compute=compute,
)

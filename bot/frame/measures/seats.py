"""How many seats are paid for."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As the running contracts have it, else the account list."""
    from bot.frame.block import Column

    return Column(block.seats())


MEASURE = Measure(
    name="seats",
    label=Words(ja="契約席数", en="Seats"),
    meaning=Words(ja="契約している席の数", en="Seats under contract"),
    unit=Unit.COUNT,
    kind=Kind.FACT,
    window="now",
    needs=("accounts", "licences"),
    compute=compute,
)

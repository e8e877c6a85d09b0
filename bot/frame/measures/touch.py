"""How the account is served."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As the account list has it."""
    from bot.frame.block import Column

    return Column(block.accounts["touch"])


MEASURE = Measure(
    name="touch",
    label=Words(ja="タッチ", en="Touch"),
    meaning=Words(ja="ハイタッチ、ロータッチ、テックタッチの別", en="High, low or tech touch"),
    unit=Unit.WORD,
    kind=Kind.FACT,
    window="now",
    needs=("accounts",),
    compute=compute,
)

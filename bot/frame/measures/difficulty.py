"""How hard the service is to make use of, for this customer."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As the account list has it."""
    from bot.frame.block import Column

    return Column(block.accounts["difficulty"])


MEASURE = Measure(
    name="difficulty",
    label=Words(ja="活用の難易度", en="Difficulty"),
    meaning=Words(
        ja="製品を使いこなす難しさ。難しい顧客には2倍の頻度で接触する",
        en="How hard the service is to use; who finds it hard is contacted twice as often",
    ),
    unit=Unit.WORD,
    kind=Kind.FACT,
    window="now",
    needs=("accounts",),
    compute=compute,
)

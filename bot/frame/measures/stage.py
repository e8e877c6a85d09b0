"""Where the account stands."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As the account list has it."""
    from bot.frame.block import Column

    return Column(block.accounts["stage"])


MEASURE = Measure(
    name="stage",
    label=Words(ja="ステージ", en="Stage"),
    meaning=Words(ja="導入、定着、拡大のどの段階か", en="Onboarding, adoption or expansion"),
    unit=Unit.WORD,
    kind=Kind.FACT,
    window="now",
    needs=("accounts",),
    compute=compute,
)

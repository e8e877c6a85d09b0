"""Whether a missing usage feed is a fault."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """As the account list has it."""
    from bot.frame.block import Column

    return Column(block.accounts["usage_expected"])


MEASURE = Measure(
    name="usage_expected",
    label=Words(ja="利用データの有無", en="Usage expected"),
    meaning=Words(
        ja="利用データが届くはずの顧客か", en="Whether usage data is expected of the account"
    ),
    unit=Unit.YES_NO,
    kind=Kind.FACT,
    window="now",
    needs=("accounts",),
    compute=compute,
)

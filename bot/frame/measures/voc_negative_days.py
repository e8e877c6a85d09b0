"""How fresh the last bad word is."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Days since the latest negative remark; unknown for accounts without one."""
    import numpy as np

    from bot.frame.block import Column

    said = block.facts.get("voc")
    if said is None:
        return block.unknown()
    is_negative = np.array([each == "negative" for each in said.words["sentiment"]], dtype=np.bool_)
    days = np.where(is_negative, said.numbers["said_on"], np.nan)
    return Column(block.age(said.largest(days)))


MEASURE = Measure(
    name="voc_negative_days",
    label=Words(ja="否定的なVoCからの日数", en="Days since negative VoC"),
    meaning=Words(
        ja="最後の否定的なVoCからの日数", en="Days since the latest negative remark of the customer"
    ),
    unit=Unit.DAYS,
    kind=Kind.AGE,
    window="latest",
    needs=("voc",),
    compute=compute,
)

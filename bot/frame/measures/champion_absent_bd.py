"""How long the champion has not been seen, in days on which one could have been."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Business days since the last login of any champion, up to the last one of any person.

    A feed of persons that died makes nobody absent. At most twenty; unknown without a champion
    who ever logged in.
    """
    import numpy as np

    from bot.frame.block import Column

    seen = block.facts.get("champions")
    if seen is None or not len(seen.place):
        return block.unknown()
    until = np.full(block.size, block.persons_until)
    return Column(block.worked_since(seen.spread("active_on")) - block.worked_since(until))


MEASURE = Measure(
    name="champion_absent_bd",
    label=Words(ja="推進担当者の不在営業日数", en="Champion absent"),
    meaning=Words(
        ja="推進担当者が最後にログインしてからの営業日数(20日まで)",
        en="Business days since the champion last logged in, up to twenty",
    ),
    unit=Unit.BUSINESS_DAYS,
    kind=Kind.AGE,
    window="latest",
    needs=("champions",),
    compute=compute,
)

"""Whether the people we rely on changed: who left, and who is new."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_RECENT, _HALF_A_YEAR = 60, 180


def compute(block: "Block") -> "Column":
    """Champions and decision makers who left or came within 60 days, counted.

    Left: no longer an active contact, last seen in that time. New: first seen in that time, where
    the account's own logins by person reach back half a year. Unknown without any on file.
    """
    import numpy as np

    from bot.frame.block import Column

    people = block.facts.get("key_people")
    if people is None:
        return block.unknown()
    seen_first, seen_last = (block.age(people.numbers[name]) for name in ("first_on", "last_on"))
    is_active = people.numbers["is_active"] > 0
    longest = people.largest(seen_first)
    has_left = ~is_active & (seen_last <= _RECENT)
    is_new = is_active & (seen_first <= _RECENT) & (longest[people.place] >= _HALF_A_YEAR)
    changed = people.sum((has_left | is_new).astype(np.float64))
    return Column(np.where(people.has_any(), changed, np.nan))


MEASURE = Measure(
    name="organisation_change",
    label=Words(ja="体制の変化", en="Change of people"),
    meaning=Words(
        ja="直近60日に離れた、または新たに加わった推進担当者・決裁者の人数",
        en="Champions and decision makers who left or came within 60 days",
    ),
    unit=Unit.COUNT,
    kind=Kind.LEVEL,
    window="60d",
    needs=("key_people",),
    compute=compute,
)

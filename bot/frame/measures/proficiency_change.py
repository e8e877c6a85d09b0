"""Whether the customer climbed or slipped on the ladder of proficiency."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Level now less the level 20 business days ago; unknown where either is."""
    from bot.frame.block import Column
    from bot.frame.ladder import read_levels
    from bot.frame.use import is_late

    levels = block.once("levels", lambda: read_levels(block.usage))
    if levels is None:
        return block.unknown()
    before = read_levels(block.usage, skip=20)
    assert before is not None
    return Column(levels - before, is_late(block, "logins"))


MEASURE = Measure(
    name="proficiency_change",
    label=Words(ja="活用レベルの変化", en="Change of proficiency"),
    meaning=Words(
        ja="活用レベルの、20営業日前との差。上昇は正、低下は負",
        en="Proficiency level against 20 business days ago; above 0 is up",
    ),
    unit=Unit.DIFFERENCE,
    kind=Kind.LEVEL,
    window="20bd/20bd",
    needs=(
        "usage:logins",
        "usage:key",
        "usage:features_used",
    ),
    validity_days=5,
    compute=compute,
)

"""Which way the mood of those who answer goes."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """NPS of the last 180 days less that of the 180 before; unknown where either has no answer."""
    from bot.frame.answers import VALID, read_mean_between
    from bot.frame.block import Column

    answers = block.facts.get("nps")
    if answers is None:
        return block.unknown()
    now = read_mean_between(block, answers, 0, VALID)
    return Column(now - read_mean_between(block, answers, VALID, 2 * VALID))


MEASURE = Measure(
    name="nps_change",
    label=Words(ja="NPSの変化", en="Change of NPS"),
    meaning=Words(
        ja="直近180日のNPS(役割で重み付け)の、その前の180日との差",
        en="NPS (weighted by role) of the last 180 days against the 180 before",
    ),
    unit=Unit.DIFFERENCE,
    kind=Kind.LEVEL,
    window="180d/180d",
    needs=("nps",),
    compute=compute,
)

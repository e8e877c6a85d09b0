"""How much the words of the last two months weigh together."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """The weights behind `voc_recent` summed: 1 is one user's remark of today."""
    from bot.frame.block import Column
    from bot.frame.remarks import RECENT, read_remarks

    remarks = read_remarks(block)
    if remarks is None:
        return block.unknown()
    return Column(remarks.said.sum(remarks.weight * (remarks.age < RECENT)))


MEASURE = Measure(
    name="voc_recent_weight",
    label=Words(ja="直近60日のVoCの重み", en="Weight of VoC of 60 days"),
    meaning=Words(
        ja="直近60日の顧客の声の重みの合計。現場担当者の今日のひとことが1",
        en="Weights of what was said in the last 60 days together; one user's remark of today is 1",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="60d",
    needs=("voc",),
    compute=compute,
)

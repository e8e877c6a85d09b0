"""More small questions than before come ahead of a cancellation."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Small inquiries of 28 days over what 28 of the 84 days before saw, both plus one."""
    from bot.frame.block import Column
    from bot.frame.inquiries import count_small

    asked = block.facts.get("inquiries")
    if asked is None:
        return block.unknown()
    recent, before = count_small(block, asked)
    return Column((recent + 1) / (before / 3 + 1))


MEASURE = Measure(
    name="small_ticket_growth",
    label=Words(ja="細かい問い合わせの増加", en="Growth of small inquiries"),
    meaning=Words(
        ja="直近28日の細かい問い合わせ(優先度が通常以下で3日以内に終了)が、"
        "その前の84日間の28日平均の何倍か(双方に1を加えて計算)",
        en="Small inquiries (low or normal priority, over within three days) of 28 days against "
        "the mean of 28 days over the 84 before (one added to both)",
    ),
    unit=Unit.RATIO,
    kind=Kind.RATIO,
    window="28d/84d",
    needs=("inquiries",),
    compute=compute,
)

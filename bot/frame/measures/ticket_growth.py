"""Many small inquiries come before a cancellation; none at all is no merit either."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Inquiries of 28 days over what 28 of the 84 days before saw, both plus one.

    The one added keeps two inquiries after none from being an explosion.
    """
    from bot.frame.block import Column

    tickets = block.facts.get("tickets")
    if tickets is None:
        return block.unknown()
    recent = tickets.sum(tickets.numbers["opened_28d"])
    before = tickets.sum(tickets.numbers["opened_84d_before"]) / 3
    return Column((recent + 1) / (before + 1))


MEASURE = Measure(
    name="ticket_growth",
    label=Words(ja="問い合わせの増加", en="Growth of inquiries"),
    meaning=Words(
        ja="直近28日の問い合わせ件数が、その前の84日間の28日平均の何倍か(双方に1を加えて計算)",
        en="Inquiries of 28 days against the mean of 28 days over the 84 before "
        "(one added to both)",
    ),
    unit=Unit.RATIO,
    kind=Kind.RATIO,
    window="28d/84d",
    needs=("tickets",),
    compute=compute,
)

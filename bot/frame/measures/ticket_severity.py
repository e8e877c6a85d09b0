"""How heavy the inquiries of four weeks weigh together."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

# Low, normal, high, urgent.
_WEIGHTS, _RECENT = (0.5, 1.0, 2.0, 3.0), 28


def compute(block: "Block") -> "Column":
    """Inquiries of 28 days, each with the weight of its priority; 0 for accounts without any."""
    import numpy as np

    from bot.frame.block import Column

    asked = block.facts.get("inquiries")
    if asked is None:
        return block.unknown()
    weights = np.array(_WEIGHTS)[asked.numbers["severity"].astype(np.int64)]
    return Column(asked.sum(weights * (block.age(asked.numbers["opened_on"]) < _RECENT)))


MEASURE = Measure(
    name="ticket_severity",
    label=Words(ja="問い合わせの重さ", en="Weight of inquiries"),
    meaning=Words(
        ja="直近28日の問い合わせの件数を優先度で重み付けした合計(低0.5、通常1、高2、緊急3)",
        en="Inquiries of 28 days weighed by priority: low 0.5, normal 1, high 2, urgent 3",
    ),
    unit=Unit.POINTS,
    kind=Kind.ADDITIVE,
    window="28d",
    needs=("inquiries",),
    compute=compute,
)

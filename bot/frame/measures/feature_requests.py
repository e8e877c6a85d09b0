"""What the customer asks of the product that it does not do yet."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """Remarks of 90 days about the product and its features; 0 for accounts without any."""
    from bot.frame.block import Column

    requests = block.facts.get("requests")
    if requests is None:
        return block.unknown()
    return Column(requests.sum(requests.numbers["asked_90d"]))


MEASURE = Measure(
    name="feature_requests",
    label=Words(ja="機能への要望", en="Feature requests"),
    meaning=Words(
        ja="直近90日のVoCのうち、製品・機能についてのものの件数",
        en="Remarks of the last 90 days about the product and its features",
    ),
    unit=Unit.COUNT,
    kind=Kind.ADDITIVE,
    window="90d",
    needs=("requests",),
    compute=compute,
)

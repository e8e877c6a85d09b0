"""Whether the customer's people look around: downloads, webinars, visits."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

# An hour in a webinar says more than a page looked at; the weights are ours.
_WEIGHTS, _OTHERS = {"download": 1.0, "webinar": 1.0}, 0.5
_HALF_LIFE = 30


def compute(block: "Block") -> "Column":
    """Events of 90 days, each with its weight, which halves every 30 days; 0 without any."""
    from bot.frame.block import Column

    events = block.facts.get("events")
    if events is None:
        return block.unknown()
    weights = events.weigh("kind", _WEIGHTS, _OTHERS)
    left = 0.5 ** (block.age(events.numbers["occurred_on"]) / _HALF_LIFE)
    return Column(events.sum(weights * left))


MEASURE = Measure(
    name="marketing_interest",
    label=Words(ja="マーケティングへの関心", en="Marketing interest"),
    meaning=Words(
        ja="直近90日の資料ダウンロード・セミナー(各1)と閲覧など(各0.5)の合計。30日で半分になる",
        en="Downloads and webinars (1 each), visits and others (0.5 each) of 90 days; half the "
        "weight every 30 days",
    ),
    unit=Unit.POINTS,
    kind=Kind.ADDITIVE,
    window="90d",
    needs=("events",),
    compute=compute,
)

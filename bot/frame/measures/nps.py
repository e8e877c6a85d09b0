"""What the customer's people answer, each one's latest answer, weighted by their position."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 180


def compute(block: "Block") -> "Column":
    """Weighted mean, 0 to 10, of answers of the last 180 days; older ones alone are too old."""
    from bot.frame.answers import read_mean

    answers = block.facts.get("nps")
    return block.unknown() if answers is None else read_mean(block, answers)


MEASURE = Measure(
    name="nps",
    label=Words(ja="NPS", en="NPS"),
    meaning=Words(
        ja="180日以内の回答者ごとの最新回答(0〜10)の平均。決裁者3倍、推進担当者2倍、管理者1.5倍",
        en="Mean of each respondent's latest answer (0-10) within 180 days; decision makers count "
        "three times, champions twice, admins one and a half times",
    ),
    unit=Unit.POINTS,
    kind=Kind.LEVEL,
    window="latest",
    needs=("nps",),
    validity_days=_VALID,
    compute=compute,
)

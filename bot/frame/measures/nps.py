"""What the customer's people answer, each one's latest answer, weighted by their position."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 180
# Who decides about the renewal weighs most; the weights are ours and part of the measure.
_WEIGHTS = {"decision_maker": 3.0, "champion": 2.0, "admin": 1.5}


def compute(block: "Block") -> "Column":
    """Weighted mean, 0 to 10, of answers of the last 180 days; older ones alone are too old."""
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.latest import find_latest

    answers = block.facts.get("nps")
    if answers is None:
        return block.unknown()
    latest = find_latest(answers)
    is_valid = latest & (block.age(answers.numbers["responded_on"]) <= _VALID)
    has_valid = answers.sum(is_valid.astype(np.float64)) > 0
    counted = is_valid | (latest & ~has_valid[answers.place])
    weights = np.array([_WEIGHTS.get(role or "", 1.0) for role in answers.words["role"]]) * counted
    total = answers.sum(weights)
    summed = answers.sum(weights * answers.numbers["score"])
    mean = np.divide(summed, total, out=np.full(block.size, np.nan), where=total > 0)
    return Column(mean, ~has_valid & (total > 0))


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

"""What decision makers answer, apart from the others."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_ROLES = ("decision_maker",)


def compute(block: "Block") -> "Column":
    """Mean of their latest answers of the last 180 days; older ones alone are too old."""
    from bot.frame.answers import has_role, read_mean

    answers = block.facts.get("nps")
    if answers is None:
        return block.unknown()
    return read_mean(block, answers.take(has_role(answers, _ROLES)))


MEASURE = Measure(
    name="nps_decision_makers",
    label=Words(ja="決裁者のNPS", en="Decision makers' NPS"),
    meaning=Words(
        ja="180日以内の決裁者の最新回答(0〜10)の平均",
        en="Mean of the latest answers (0-10) of decision makers within 180 days",
    ),
    unit=Unit.POINTS,
    kind=Kind.LEVEL,
    window="latest",
    needs=("nps",),
    validity_days=180,
    compute=compute,
)

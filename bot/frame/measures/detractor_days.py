"""How fresh the last answer of a detractor is."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

# Net Promoter's own division: 0 to 6 are detractors.
_DETRACTOR = 6


def compute(block: "Block") -> "Column":
    """Days since an answer of 6 or less that is its respondent's latest; unknown without one."""
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.latest import find_latest

    answers = block.facts.get("nps")
    if answers is None:
        return block.unknown()
    counts = find_latest(answers) & (answers.numbers["score"] <= _DETRACTOR)
    return Column(
        block.age(answers.largest(np.where(counts, answers.numbers["responded_on"], np.nan)))
    )


MEASURE = Measure(
    name="detractor_days",
    label=Words(ja="批判的なNPS回答からの日数", en="Days since detractor"),
    meaning=Words(
        ja="回答者ごとの最新回答のうち、6点以下のものからの日数",
        en="Days since an answer of 6 or less that is its respondent's latest",
    ),
    unit=Unit.DAYS,
    kind=Kind.AGE,
    window="latest",
    needs=("nps",),
    compute=compute,
)

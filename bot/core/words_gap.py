"""Words and use of an account that contradict each other: when they do, and what is told of it.

Plain values. Refuses to call anything a gap that rests on no words or on no use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.account_card import BookRow
from bot.core.vocabulary import Hypothesis, Mismatch, MismatchAnswer

# Words of so many days, from -1 to 1, and how much they must weigh: half a user's remark of today.
WORDS_DAYS = 60
TONE, LEAST_WEIGHT = 0.5, 0.5
# Use along the line of six weeks, and of four weeks against the four before.
SLOPE, CHANGE = 0.15, 0.10
# Eight weeks of data: a trend of less is none.
LEAST_HISTORY_BUSINESS_DAYS = 40
# So many nights in a row, before anybody hears of it.
FOR_RUNS = 3
# It is over when the words are no longer clearly so, or the use is back to this.
TONE_LEFT, CHANGE_LEFT = 0.2, 0.05
COOL_DOWN_DAYS = 60
# Business days of the one who was told.
ANSWER_WITHIN = 5
# The task of somebody who looks into it.
LOOKED_BUSINESS_DAYS = 2
MOST_A_MORNING = 2


@dataclass(frozen=True)
class Said:
    """One of the words it rests on: a remark, a pulse or a score by hand.

    `kind` is voc, pulse or score; `tone` positive, neutral, negative, a feeling or a band.
    """

    kind: str
    on: date
    tone: str
    role: str | None = None
    confidence: str | None = None
    text: str = ""
    read_as: str = ""


@dataclass(frozen=True)
class Gap:
    """One of them with its account; changes are shares, below 0 for less use.

    `told_to_id` and `answer_by_on` are None until it is told.
    """

    id: int
    row: BookRow
    kind: Mismatch
    since_on: date
    tone: float
    slope: float
    change: float
    seen_on: date
    answer_by_on: date | None = None
    told_to_id: int | None = None
    answer: MismatchAnswer | None = None
    cause: Hypothesis | None = None
    answered_by: str = ""
    answered_on: date | None = None
    said: Sequence[Said] = ()

    @property
    def is_of_deciders_alone(self) -> bool:
        """Whether no user is among those who were heard, and somebody above them is."""
        roles = {each.role for each in self.said if each.kind == "voc" and each.role}
        return bool(roles) and roles <= {"decision_maker", "champion"}

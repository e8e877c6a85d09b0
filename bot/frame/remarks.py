"""What customers said, weighed: who said it, how sure we are of it, how long ago.

Refuses to count what is older than its validity beside what is not.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bot.frame.block import Block, BoolArray, Column, FloatArray, Rows

VALID = 120
HALF_LIFE = 45
# What was said lately, where that is held against something else of late.
RECENT = 60
_TONE = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}
_ROLE = {"decision_maker": 3.0, "champion": 2.0, "admin": 1.5}
_CONFIDENCE = {"low": 0.5, "normal": 1.0, "high": 1.5}


@dataclass(frozen=True)
class Remarks:
    """By remark: days since, weight, tone from -1 to 1."""

    said: "Rows"
    age: "FloatArray"
    weight: "FloatArray"
    tone: "FloatArray"

    def mean(self, values: "FloatArray", chosen: "BoolArray") -> "FloatArray":
        """The weighted mean of `values` by account over the `chosen` remarks."""
        return self.said.mean(values, self.weight * chosen)

    def mean_valid(self, values: "FloatArray", chosen: "BoolArray") -> "Column":
        """The same of remarks of the last 120 days; older ones alone are too old."""
        from bot.frame.block import Column

        is_valid = chosen & (self.age <= VALID)
        has_valid = self.said.has_any(is_valid)
        mean = self.mean(values, is_valid | (chosen & ~has_valid[self.said.place]))
        return Column(mean, ~has_valid & ~np.isnan(mean))


def read_remarks(block: "Block") -> Remarks | None:
    """All remarks of a year; half the weight every 45 days. None where nothing was ever said."""
    return block.once("remarks", lambda: _read(block))


def _read(block: "Block") -> Remarks | None:
    said = block.facts.get("voc")
    if said is None:
        return None
    age = block.age(said.numbers["said_on"])
    weight = said.weigh("speaker_role", _ROLE, 1.0) * said.weigh("confidence", _CONFIDENCE, 1.0)
    tone = said.weigh("sentiment", _TONE, 0.0)
    return Remarks(said, age, weight * 0.5 ** (age / HALF_LIFE), tone)

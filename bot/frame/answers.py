"""NPS answers by role and by time: each respondent's latest one. Refuses to count anybody twice."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.frame.latest import find_latest

if TYPE_CHECKING:
    from bot.frame.block import Block, Column, FloatArray, Rows

VALID = 180
# Who decides about the renewal weighs most; the weights are ours and part of the measure.
_WEIGHTS = {"decision_maker": 3.0, "champion": 2.0, "admin": 1.5}


def read_mean(block: "Block", answers: "Rows") -> "Column":
    """Weighted mean, 0 to 10, of answers of the last 180 days; older ones alone are too old."""
    from bot.frame.block import Column

    latest = find_latest(answers)
    is_valid = latest & (block.age(answers.numbers["responded_on"]) <= VALID)
    has_valid = answers.has_any(is_valid)
    counted = is_valid | (latest & ~has_valid[answers.place])
    mean = answers.mean(answers.numbers["score"], _weigh(answers) * counted)
    return Column(mean, ~has_valid & ~np.isnan(mean))


def read_mean_between(block: "Block", answers: "Rows", least: int, most: int) -> "FloatArray":
    """The same of answers that are at least `least` and less than `most` days old."""
    age = block.age(answers.numbers["responded_on"])
    part = answers.take((age >= least) & (age < most))
    return part.mean(part.numbers["score"], _weigh(part) * find_latest(part))


def has_role(answers: "Rows", roles: Collection[str]) -> NDArray[np.bool_]:
    """Which answers are of people in one of `roles`."""
    return np.array([role in roles for role in answers.words["role"]], dtype=np.bool_)


def _weigh(answers: "Rows") -> "FloatArray":
    return answers.weigh("role", _WEIGHTS, 1.0)

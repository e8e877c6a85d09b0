"""Small inquiries: of low or normal priority, and over within three days.

An inquiry that is still open counts as small until it has been open for longer.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bot.frame.block import Block, BoolArray, FloatArray, Rows

RECENT, BEFORE = 28, 84
_NORMAL = 1.0
_SHORT_DAYS = 3.0


def is_small(block: "Block", asked: "Rows") -> "BoolArray":
    """Which inquiries are small."""
    opened, until = asked.numbers["opened_on"], asked.numbers["until_on"]
    lasted = np.where(np.isnan(until), block.age(opened), until - opened)
    small: BoolArray = (asked.numbers["severity"] <= _NORMAL) & (lasted <= _SHORT_DAYS)
    return small


def count_small(block: "Block", asked: "Rows") -> tuple["FloatArray", "FloatArray"]:
    """Small inquiries of the last 28 days, and of the 84 days before, by account."""
    small, age = is_small(block, asked), block.age(asked.numbers["opened_on"])
    recent = small & (age < RECENT)
    before = small & (age >= RECENT) & (age < RECENT + BEFORE)
    return asked.sum(recent.astype(np.float64)), asked.sum(before.astype(np.float64))

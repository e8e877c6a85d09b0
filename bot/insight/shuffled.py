"""The error rate, seen: what is called valid where the outcome is dealt out anew by lot.

Nothing can tell such an outcome, so whatever is called valid is called so by mistake.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bot.insight.examine import Asked, examine, find_repeated
from bot.insight.where import require_columns


@dataclass(frozen=True)
class Shuffled:
    """`valid` measures of each time, all that would be proposed for weight; and how many of the
    forecasts were called better than the base rate."""

    valid: tuple[int, ...]
    better: int

    @property
    def wrong(self) -> int:
        """In how many of the times any measure was called valid."""
        return sum(count > 0 for count in self.valid)


def shuffle(table: pd.DataFrame, asked: Asked, times: int) -> Shuffled:
    """The whole question asked `times` over, each time of the outcome's words in another order.

    Rows that repeat another word for word are left out before: dealt anew they would differ.
    """
    require_columns(table, asked.named)
    table = table[~find_repeated(table)]
    words = table[asked.outcome].to_numpy()
    valid, better = [], 0
    for seed in range(times):
        dealt = np.random.default_rng(seed).permutation(words)
        found = examine(table.assign(**{asked.outcome: dealt}), asked).validity
        valid.append(len(found.valid))
        better += bool(found.forecast and found.forecast.is_better)
    return Shuffled(tuple(valid), better)

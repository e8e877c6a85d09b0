"""How contract periods ended as cases of a back-test: a cut in time, an account once on a side.

Refuses to let results move the cut: it is placed by the days alone.
"""

from dataclasses import dataclass

import numpy as np

from bot.core.back_test import Cases
from bot.insight.column import Flags, Whole

# So large a part of the periods, the oldest, is what a threshold is chosen on.
CHOSEN_ON = 0.6


@dataclass(frozen=True)
class Endings:
    """A row a period: account, the day it ended from 1970-01-01, whether anything was lost."""

    account_ids: Whole
    ended: Whole
    lost: Flags

    def take(self, rows: Whole | Flags) -> "Endings":
        """Some of the rows."""
        return Endings(self.account_ids[rows], self.ended[rows], self.lost[rows])

    @property
    def cases(self) -> Cases:
        """How many were lost and how many not."""
        return Cases(int(self.lost.sum()), int((~self.lost).sum()))


def find_cut(endings: Endings) -> int:
    """The last day of the part that chooses; periods of one day are never parted. 0 for no row."""
    if not len(endings.ended):
        return 0
    ended = np.sort(endings.ended)
    return int(ended[int(np.ceil(CHOSEN_ON * len(ended))) - 1])


def pick_cases(endings: Endings, cut: int) -> Whole:
    """The rows of an account once up to the cut and once after it: first loss, else last renewal.

    Who is red for months, or renews every month, is one case and not many.
    """
    later = endings.ended > cut
    toward = np.where(endings.lost, endings.ended, -endings.ended)
    order = np.lexsort((toward, ~endings.lost, later, endings.account_ids))
    who, part = endings.account_ids[order], later[order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (who[1:] != who[:-1]) | (part[1:] != part[:-1])
    return np.sort(order[is_first])

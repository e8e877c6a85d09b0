"""Two models asked of the same accounts: who changes band, and what of the book that moves.

Pure, block by block, in flat memory: what is kept is counts and the ten who pay most.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from bot.core.band_flow import Move, Share
from bot.core.model_simulation import Shifted
from bot.core.money import Money
from bot.core.vocabulary import Band
from bot.health.score import BAND_ORDER, Scores

FloatArray = NDArray[np.float64]

FIRST = 10


@dataclass
class BandShifts:
    """What two models say of the same accounts, gathered; `by_hand` are shown otherwise anyway."""

    by_hand: frozenset[int] = frozenset()
    accounts: int = 0
    changed_by_hand: int = 0
    _counts: Counter[tuple[int, int]] = field(default_factory=Counter)
    _arr: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    _unpriced: Counter[tuple[int, int]] = field(default_factory=Counter)
    _covered: list[float] = field(default_factory=lambda: [0.0, 0.0])
    _first: list[Shifted] = field(default_factory=list)

    def look(self, before: Scores, after: Scores, arr: FloatArray) -> None:
        """One block, as both models score it; `arr` a year in the base currency, NaN unknown."""
        self.accounts += len(arr)
        self._covered[0] += float(before.coverage.sum())
        self._covered[1] += float(after.coverage.sum())
        for was in range(len(BAND_ORDER)):
            for now in range(len(BAND_ORDER)):
                self._count((was, now), arr[(before.band == was) & (after.band == now)])
        self._note_first(before, after, arr)

    @property
    def unscored(self) -> tuple[int, int]:
        """Accounts without a score by either."""
        unknown = BAND_ORDER.index(Band.UNKNOWN)
        was = sum(count for (before, _), count in self._counts.items() if before == unknown)
        now = sum(count for (_, after), count in self._counts.items() if after == unknown)
        return was, now

    @property
    def coverage(self) -> tuple[float, float]:
        """Mean share of the weight that had data, by either."""
        all_of_them = max(self.accounts, 1)
        return self._covered[0] / all_of_them, self._covered[1] / all_of_them

    @property
    def first(self) -> list[Shifted]:
        """Of those that change band, the ten who pay most; unknown amounts come last."""
        return sorted(self._first, key=_by_money)[:FIRST]

    def list_moves(self, currency: str) -> list[Move]:
        """Every pair of bands that has accounts."""
        return [
            Move(
                BAND_ORDER[pair[0]],
                BAND_ORDER[pair[1]],
                Share(count, Money(self._arr[pair], currency), self._unpriced[pair]),
            )
            for pair, count in sorted(self._counts.items())
        ]

    def _count(self, pair: tuple[int, int], arr: FloatArray) -> None:
        if not len(arr):
            return
        self._counts[pair] += len(arr)
        self._unpriced[pair] += int(np.isnan(arr).sum())
        self._arr[pair] = self._arr.get(pair, Decimal(0)) + _money(float(np.nansum(arr)))

    def _note_first(self, before: Scores, after: Scores, arr: FloatArray) -> None:
        places = np.flatnonzero(before.band != after.band)
        ids = before.account_ids[places].tolist()
        self.changed_by_hand += sum(each in self.by_hand for each in ids)
        best = places[np.argsort(-np.nan_to_num(arr[places], nan=-1.0), kind="stable")][:FIRST]
        self._first += [_shifted(before, after, arr, int(at)) for at in best]
        self._first = self.first


def _shifted(before: Scores, after: Scores, arr: FloatArray, at: int) -> Shifted:
    return Shifted(
        account_id=int(before.account_ids[at]),
        arr=None if np.isnan(arr[at]) else _money(float(arr[at])),
        score_before=_known(before.score[at]),
        score_after=_known(after.score[at]),
        before=BAND_ORDER[int(before.band[at])],
        after=BAND_ORDER[int(after.band[at])],
    )


def _by_money(each: Shifted) -> tuple[bool, Decimal, int]:
    return each.arr is None, -(each.arr or Decimal(0)), each.account_id


def _known(score: float) -> float | None:
    return None if np.isnan(score) else round(float(score), 2)


def _money(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))

"""A measure held against another: what is left of it among rows that are alike in the other.

Refuses to call a measure going along where too little could be compared to tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.insight.auc import Auc, build_auc
from bot.insight.column import Column, Flags, Floats, Kind, Whole

# Ten classes take away about 95 % of what goes along with a measured thing (Cochran, Biometrics
# 1968, gives 90 % for five); more where there are cases enough for them.
_FEWEST_CLASSES, _MOST_CLASSES = 5, 20
_EVENTS_A_CLASS = 15
# Less than this is left: the measure goes along, even if what is left is no chance.
_TRACE = 0.25
_HALF = 0.5


@dataclass(frozen=True)
class Held:
    """The area within strata of `against`; `left` is its share of the measure's own distance.

    `left` below 0 means that the measure says the opposite among rows alike in the other.
    """

    against: tuple[str, ...]
    area: Auc
    left: float

    def goes_along(self, error_rate: float) -> bool:
        """Whether nearly nothing is left, or under half and that may be chance."""
        if np.isnan(self.area.auc):
            return False
        unclear = self.area.p > error_rate or self.left <= 0
        return self.left < _TRACE or (self.left < _HALF and unclear)


def hold(
    scores: Floats,
    happened: Flags,
    others: Sequence[Column],
    lean: float,
    clusters: Whole | None = None,
) -> Held:
    """The measure within strata of all `others` together; `lean` as in the measure's own area."""
    strata = build_strata(others, happened, ~np.isnan(scores))
    area = build_auc(scores, happened, strata, clusters)
    left = area.lean / lean if lean else float("nan")
    return Held(tuple(each.name for each in others), area, left)


def build_strata(others: Sequence[Column], happened: Flags, rows: Flags) -> Whole:
    """One number a row: classes of equal counts of each ordered column within the ones before it.

    Categories come first, and each of their levels is a class; blanks are a class of their own.
    """
    strata = np.zeros(len(happened), dtype=np.int64)
    for column in sorted(others, key=lambda each: each.kind is not Kind.CATEGORY):
        codes = _classes(column, happened, rows)
        strata = np.unique(strata * (codes.max() + 1) + codes, return_inverse=True)[1]
        strata = strata.astype(np.int64)
    return strata


def _classes(column: Column, happened: Flags, rows: Flags) -> Whole:
    values = column.values
    if column.kind in (Kind.CATEGORY, Kind.YESNO):
        return np.nan_to_num(values, nan=-1).astype(np.int64) + 1
    usable = rows & column.known
    events = int(happened[usable].sum())
    count = max(_FEWEST_CLASSES, min(_MOST_CLASSES, events // _EVENTS_A_CLASS))
    if not usable.any():
        return np.zeros(len(values), dtype=np.int64)
    edges = np.unique(np.quantile(values[usable], np.arange(1, count) / count))
    found = np.searchsorted(edges, np.nan_to_num(values, nan=-np.inf), side="right")
    return np.where(column.known, found + 1, 0).astype(np.int64)

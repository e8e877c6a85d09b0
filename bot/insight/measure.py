"""One measure's figures: how it separates, how surely, how steadily.  No verdict yet."""

from dataclasses import dataclass, replace

import numpy as np

from bot.insight.auc import Auc, build_auc
from bot.insight.chance import Share, build_share, chance_of_levels
from bot.insight.column import Column, Flags, Floats, Kind, Whole
from bot.insight.folds import order_levels
from bot.insight.steady import Steadiness, build_steadiness

_LEAST_ROWS = 10


@dataclass(frozen=True)
class Rows:
    """What all measures are judged on; arrays of one length, an element a row.

    `fold` from `draw_folds`; `period` oldest first or None; `clusters` says which rows are of the
    same customer, None where each is its own.
    """

    happened: Flags
    fold: Whole
    period: Whole | None = None
    clusters: Whole | None = None


@dataclass(frozen=True)
class Level:
    """One level of a category with how often it happened there."""

    name: str
    share: Share


@dataclass(frozen=True)
class Figures:
    """`scores` order the rows: the values, or for a category its levels' places (out of fold).

    `chance` is the p-value before correction. `levels` are of categories and yes/no, the highest
    rate first.
    """

    column: Column
    scores: Floats
    area: Auc
    chance: float
    steadiness: Steadiness
    levels: tuple[Level, ...]

    @property
    def name(self) -> str:
        """The column's name."""
        return self.column.name

    @property
    def strength(self) -> float:
        """Distance of the area from 0.5, whichever way."""
        return abs(self.area.lean)


def build_figures(column: Column, rows: Rows) -> Figures:
    """Everything that is measured of one column on its own."""
    is_category = column.kind is Kind.CATEGORY
    scores = column.values
    if is_category:
        scores = order_levels(scores, rows.happened, rows.fold)
    area = build_auc(scores, rows.happened, clusters=rows.clusters)
    if is_category:
        area = _at_least_half(area)
    chance = area.p
    if is_category and rows.clusters is None:
        chance = chance_of_levels(column.values, rows.happened)
    steadiness = build_steadiness(scores, rows.happened, rows.fold, rows.period, area.lean)
    return Figures(column, scores, area, chance, steadiness, _levels(column, rows.happened))


def _at_least_half(area: Auc) -> Auc:
    """Levels have no other way round: an order that fails on the other rows separates nothing."""
    p = area.p if area.auc > 0.5 else 1.0
    auc, low, high = (max(each, 0.5) for each in (area.auc, area.low, area.high))
    return replace(area, auc=auc, low=low, high=high, p=p)


def _levels(column: Column, happened: Flags) -> tuple[Level, ...]:
    if column.kind not in (Kind.CATEGORY, Kind.YESNO):
        return ()
    found = [
        Level(level, build_share(int(happened[here].sum()), int(here.sum())))
        for at, level in enumerate(column.levels)
        if (here := np.asarray(column.values == at)).sum() >= _LEAST_ROWS
    ]
    return tuple(sorted(found, key=lambda each: -each.share.share))

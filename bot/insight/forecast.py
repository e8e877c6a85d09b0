"""What could be foretold, judged on rows the model has not seen: other folds, or later ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from bot.insight.calibration import Quality, build_quality
from bot.insight.column import Column, Flags, Floats, Whole
from bot.insight.folds import draw_folds, splits
from bot.insight.model import Model, fit_model, flag_newest

# With fewer on either side neither a model nor its figures mean anything.
FEWEST = 30


@dataclass(frozen=True)
class Forecast:
    """`told` is NaN where a row was not judged. `learnt` and `judged` count rows; `base_rate` is
    what would be told without any measure: how often it happened in the rows learnt from.

    `model` is fitted on all rows that may be learnt from. With a cut, these lie up to it and the
    judged ones after it; otherwise every row is judged by a model of the other folds. `newest` is
    the quality on the newest quarter alone, held against that quarter's own base rate; None
    without a time, and where it has fewer than thirty customers on a side.
    """

    told: Floats
    quality: Quality
    model: Model
    learnt: int
    judged: int
    base_rate: float
    newest: Quality | None = None

    @property
    def is_better(self) -> bool:
        """Better than the base rate, and still so of late: what told long ago may tell no more."""
        return self.quality.is_better and (self.newest is None or self.newest.is_better)


def build_forecast(
    columns: Sequence[Column],
    happened: Flags,
    learn: Flags | None = None,
    time: Floats | None = None,
    clusters: Whole | None = None,
) -> Forecast | None:
    """The forecast and how good it is; None where fewer than thirty customers are on either side.

    `learn` marks the rows up to the cut; no other row has any part in the model. Without it the
    figures are out of five folds, each with a model of its own.
    """
    if not columns:
        return None
    # The matrices are small: several threads wait for each other longer than they work.
    with threadpool_limits(1):
        if learn is None:
            return _cross(columns, happened, time, clusters)
        return _later(columns, happened, learn, time, clusters)


def _later(
    columns: Sequence[Column],
    happened: Flags,
    learn: Flags,
    time: Floats | None,
    clusters: Whole | None,
) -> Forecast | None:
    if min(_fewer(happened, rows, clusters) for rows in (learn, ~learn)) < FEWEST:
        return None
    model = fit_model(columns, happened, learn, time, clusters)
    told = np.full(len(happened), np.nan)
    told[~learn] = model.forecast(columns, ~learn)
    base = np.full(len(happened), happened[learn].mean())
    return _judged(told, base, happened, model, int(learn.sum()), clusters)


def _fewer(happened: Flags, rows: Flags, clusters: Whole | None) -> int:
    """Of rows where it happened and where not, the fewer; a customer's rows count once."""
    own = np.arange(len(rows)) if clusters is None else clusters
    return min(len(np.unique(own[rows & side])) for side in (happened, ~happened))


def _cross(
    columns: Sequence[Column], happened: Flags, time: Floats | None, clusters: Whole | None
) -> Forecast | None:
    everything = np.ones(len(happened), dtype=bool)
    if _fewer(happened, everything, clusters) < FEWEST:
        return None
    told, base = np.empty(len(happened)), np.empty(len(happened))
    for learn, judge in splits(draw_folds(happened, clusters)):
        model = fit_model(columns, happened, learn, time, clusters)
        told[judge] = model.forecast(columns, judge)
        base[judge] = happened[learn].mean()
    model = fit_model(columns, happened, everything, time, clusters)
    found = _judged(told, base, happened, model, len(happened), clusters)
    return replace(found, newest=_of_newest(told, happened, time, clusters))


def _of_newest(
    told: Floats, happened: Flags, time: Floats | None, clusters: Whole | None
) -> Quality | None:
    newest = flag_newest(happened, time)
    if newest.all() or _fewer(happened, newest, clusters) < FEWEST:
        return None
    late = np.full(int(newest.sum()), happened[newest].mean())
    groups = None if clusters is None else clusters[newest]
    return build_quality(told[newest], happened[newest], late, groups)


def _judged(
    told: Floats,
    base: Floats,
    happened: Flags,
    model: Model,
    learnt: int,
    clusters: Whole | None,
) -> Forecast:
    rows = ~np.isnan(told)
    groups = None if clusters is None else clusters[rows]
    quality = build_quality(told[rows], happened[rows], base[rows], groups)
    return Forecast(told, quality, model, learnt, int(rows.sum()), float(base[rows].mean()))

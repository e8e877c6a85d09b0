"""A calibrated churn forecast: logistic regression, its strength and calibration chosen inside.

Whatever is fitted here sees the given rows only, so that judging on other rows is honest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from bot.insight.column import Column, Flags, Floats, Whole
from bot.insight.design import Design, Matrix, fit_design
from bot.insight.folds import draw_folds, splits

# Inverse strengths of the ridge penalty, the strictest first.
_STRENGTHS = (0.003, 0.03, 0.3, 3.0)
_INNER_FOLDS = 4
_FEWEST_NEWEST = 30
_NEWEST = 0.25


@dataclass(frozen=True)
class Model:
    """A fitted forecast: the design, a weight per term, and the line that calibrates its logit.

    `calibrated_on` counts the rows that line is fitted on: the newest quarter where
    `is_of_newest`, else all.
    """

    design: Design
    weights: tuple[float, ...]
    intercept: float
    slope: float
    shift: float
    strength: float
    calibrated_on: int = 0
    is_of_newest: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The columns it is fitted on, in order."""
        return tuple(plan.name for plan in self.design.plans)

    def forecast(self, columns: Sequence[Column], rows: Flags) -> Floats:
        """The probability for each of the rows."""
        raw = self.design.build(columns, rows) @ np.array(self.weights) + self.intercept
        told: Floats = expit(self.slope * raw + self.shift)
        return told


def fit_model(
    columns: Sequence[Column],
    happened: Flags,
    rows: Flags,
    time: Floats | None = None,
    clusters: Whole | None = None,
) -> Model:
    """The forecast as the rows teach it.

    The ridge's strength is the one with the least log loss over inner folds. The inner forecasts
    calibrate it (Platt 1999: a slope and a shift of the logit); where there is a time, those of
    the newest quarter of the rows alone, if enough happened there: the base rate may have moved.
    """
    own = None if clusters is None else clusters[rows]
    fold = draw_folds(happened[rows], own, seed=1, folds=_INNER_FOLDS)
    raw = _inner(columns, happened, rows, fold)
    hit = happened[rows]
    strength = min(_STRENGTHS, key=lambda each: _log_loss(raw[each], hit))
    newest = flag_newest(hit, None if time is None else time[rows])
    slope, shift = _platt(raw[strength][newest], hit[newest])
    design = fit_design(columns, rows)
    weights, intercept = _logistic(design.build(columns, rows), hit, strength)
    fitted = tuple(map(float, weights))
    counted, part = int(newest.sum()), not newest.all()
    return Model(design, fitted, intercept, slope, shift, strength, counted, bool(part))


def _inner(
    columns: Sequence[Column], happened: Flags, rows: Flags, fold: Whole
) -> dict[float, Floats]:
    """By strength the logits of the rows, each from a fit without its fold."""
    raw = {strength: np.empty(int(rows.sum())) for strength in _STRENGTHS}
    places = np.flatnonzero(rows)
    for learn, judge in splits(fold):
        inside, outside = np.zeros_like(rows), np.zeros_like(rows)
        inside[places[learn]], outside[places[judge]] = True, True
        design = fit_design(columns, inside)
        known, unseen = design.build(columns, inside), design.build(columns, outside)
        for strength in _STRENGTHS:
            weights, intercept = _logistic(known, happened[inside], strength)
            raw[strength][judge] = unseen @ weights + intercept
    return raw


def _logistic(matrix: Matrix, hit: Flags, strength: float) -> tuple[Floats, float]:
    if not matrix.shape[1]:
        return np.zeros(0), float(logit(hit.mean()))
    fitted = LogisticRegression(C=strength, solver="newton-cholesky").fit(matrix, hit)
    return fitted.coef_[0], float(fitted.intercept_[0])


def _log_loss(raw: Floats, hit: Flags) -> float:
    return float(np.logaddexp(0, np.where(hit, -raw, raw)).mean())


def flag_newest(hit: Flags, time: Floats | None) -> Flags:
    """The newest quarter of the rows; all of them where it has fewer than thirty on a side."""
    everything = np.ones(len(hit), dtype=bool)
    if time is None or np.isnan(time).all():
        return everything
    newest: Flags = time > np.nanquantile(time, 1 - _NEWEST)
    enough = min(hit[newest].sum(), (~hit[newest]).sum()) >= _FEWEST_NEWEST
    return newest if enough else everything


def _platt(raw: Floats, hit: Flags) -> tuple[float, float]:
    """Slope and shift; a slope below 0 would turn the forecast round and becomes 0."""
    matrix = raw.reshape(-1, 1)
    if raw.std() < 1e-6:
        return 0.0, float(logit(hit.mean()))
    weights, shift = _logistic(matrix, hit, 1e4)
    if weights[0] <= 0:
        return 0.0, float(logit(hit.mean()))
    return float(weights[0]), shift

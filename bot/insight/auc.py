"""How well a score separates two groups: the area under the ROC curve, with its uncertainty.

Refuses no input with both groups; without one of them everything is NaN.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit
from scipy.stats import norm, rankdata

from bot.insight.column import Flags, Floats, Whole

# The normal quantile of 0.975: all intervals of this room are two-sided at 95 %.
Z = 1.959963984540054
_EDGE = 1e-9


@dataclass(frozen=True)
class Auc:
    """P(score of one where it happened > score of one where it did not) + half of the ties.

    `se` is its standard error, `low` and `high` its 95 % interval, `p` two-sided against 0.5.
    `events` and `others` count the rows of both groups that had a score.
    """

    auc: float
    se: float
    low: float
    high: float
    p: float
    events: int
    others: int

    @property
    def lean(self) -> float:
        """Signed distance from 0.5: below 0 where low scores go with the outcome."""
        return self.auc - 0.5


def build_auc(
    scores: Floats,
    happened: Flags,
    strata: Whole | None = None,
    clusters: Whole | None = None,
) -> Auc:
    """The area over the rows with a score, of all rows or within strata.

    Variance after DeLong, DeLong and Clarke-Pearson (Biometrics 1988) from each row's placement;
    rows of one cluster are added up first, as in Obuchowski (Biometrics 1997). Strata are weighed
    by n1·n0/(n1+n0) (van Elteren 1960). The interval is symmetric in the logit (Pepe 2003). For
    the test the larger of this variance and the one under no difference counts.
    """
    known = ~np.isnan(scores)
    scores, happened = scores[known], happened[known]
    groups = np.zeros(len(scores), dtype=np.int64) if strata is None else strata[known]
    area, influence, null = _area(scores, happened, groups)
    events = int(happened.sum())
    variance = _variance(influence, None if clusters is None else clusters[known])
    return _told(area, variance, null, events, len(scores) - events)


def _area(scores: Floats, happened: Flags, groups: Whole) -> tuple[float, Floats, float]:
    """The area, each row's influence on it, and the variance where there is no difference."""
    influence = np.zeros(len(scores))
    order = np.argsort(groups, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)
    total = area = null = 0.0
    for rows in parts:
        hit = happened[rows]
        events, others = int(hit.sum()), int((~hit).sum())
        if not events or not others:
            continue
        weight = events * others / (events + others)
        part, influence[rows] = _placements(scores[rows], hit)
        influence[rows] *= weight
        null += weight**2 * _null_variance(scores[rows], events, others)
        total, area = total + weight, area + weight * part
    if not total:
        return float("nan"), influence, float("nan")
    return area / total, influence / total, null / total**2


def _placements(scores: Floats, hit: Flags) -> tuple[float, Floats]:
    events, others = int(hit.sum()), int((~hit).sum())
    among = rankdata(scores)
    above = (among[hit] - rankdata(scores[hit])) / others
    below = 1 - (among[~hit] - rankdata(scores[~hit])) / events
    area = float(above.mean())
    influence = np.empty(len(scores))
    influence[hit] = (above - area) / np.sqrt(events * max(events - 1, 1))
    influence[~hit] = (below - area) / np.sqrt(others * max(others - 1, 1))
    return area, influence


def _null_variance(scores: Floats, events: int, others: int) -> float:
    """Of the Mann-Whitney statistic with ties, in units of the area."""
    count = events + others
    ties = np.unique(scores, return_counts=True)[1].astype(float)
    spread = count + 1 - (ties**3 - ties).sum() / (count * max(count - 1, 1))
    return float(spread / (12 * events * others))


def _variance(influence: Floats, clusters: Whole | None) -> float:
    if clusters is None:
        return float((influence**2).sum())
    _, place = np.unique(clusters, return_inverse=True)
    sums = np.bincount(place, weights=influence)
    return float((sums**2).sum() * len(sums) / max(len(sums) - 1, 1))


def _told(area: float, variance: float, null: float, events: int, others: int) -> Auc:
    if np.isnan(area):
        nothing = float("nan")
        return Auc(nothing, nothing, nothing, nothing, nothing, events, others)
    # All placements equal: as unsure as if half a row more lay on the other side.
    edge = 0.5 / (min(events, others) + 1)
    se = float(np.sqrt(variance)) if variance > _EDGE**2 else edge
    inside = min(max(area, edge), 1 - edge)
    reach = Z * se / (inside * (1 - inside))
    low, high = float(expit(logit(inside) - reach)), float(expit(logit(inside) + reach))
    against = max(se, float(np.sqrt(null)))
    p = float(2 * norm.sf(abs(area - 0.5) / against))
    return Auc(area, se, min(low, area), max(high, area), p, events, others)

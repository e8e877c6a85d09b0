"""How much can be chance: correction for many measures at once, shares with intervals."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2_contingency

from bot.insight.auc import Z
from bot.insight.column import Flags, Floats

_FEWEST_IN_LEVEL = 10


@dataclass(frozen=True)
class Share:
    """`hits` of `count`, with the 95 % interval of Wilson."""

    hits: int
    count: int
    share: float
    low: float
    high: float


def build_share(hits: int, count: int, z: float = Z) -> Share:
    """A share with its interval (Wilson, JASA 1927); (0, 1) around NaN for none of none."""
    if not count:
        return Share(0, 0, float("nan"), 0.0, 1.0)
    share = hits / count
    middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    reach = z / (1 + z**2 / count) * np.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
    return Share(hits, count, share, max(0.0, middle - reach), min(1.0, middle + reach))


def difference(first: Share, second: Share) -> tuple[float, float, float]:
    """first - second with an interval (Newcombe's hybrid, Statistics in Medicine 1998, no. 10)."""
    gap = first.share - second.share
    down = np.hypot(first.share - first.low, second.high - second.share)
    up = np.hypot(first.high - first.share, second.share - second.low)
    return gap, float(gap - down), float(gap + up)


def correct_by_holm(chances: Floats) -> Floats:
    """p-values such that calling all below a the error rate errs even once with chance a at most.

    Holm, Scandinavian Journal of Statistics 1979; valid however the measures hang together.
    NaN stays NaN and is not counted.
    """
    adjusted = np.full(len(chances), np.nan)
    known = np.flatnonzero(~np.isnan(chances))
    order = known[np.argsort(chances[known], kind="stable")]
    steps = chances[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted


def chance_of_levels(codes: Floats, happened: Flags) -> float:
    """p of Pearson's chi-square between levels and outcome; levels of under ten rows are one."""
    known = ~np.isnan(codes)
    place, hit = codes[known].astype(np.int64), happened[known]
    counts = np.bincount(place)
    merged = np.where(counts[place] < _FEWEST_IN_LEVEL, len(counts), place)
    _, place = np.unique(merged, return_inverse=True)
    table = np.stack(
        [np.bincount(place[hit == each], minlength=place.max() + 1) for each in (0, 1)]
    )
    if table.shape[1] < 2 or not table.sum(axis=1).all():
        return float("nan")
    return float(chi2_contingency(table, correction=False).pvalue)

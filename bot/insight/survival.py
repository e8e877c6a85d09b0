"""How long customers stay: Kaplan-Meier with intervals, and the log-rank test between groups.

Refuses times that are blank or negative; who has not left yet is counted as seen up to then.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import CensoredData, chi2, ecdf

from bot.insight.auc import Z
from bot.insight.column import Flags, Floats, Whole

# Below this no curve is drawn: its interval would span nearly everything.
FEWEST = 10
FEWEST_EVENTS = 5


@dataclass(frozen=True)
class Point:
    """The share still there after `time`, with its 95 % interval; `at_risk` are seen until then.

    NaN where `time` lies beyond the longest one seen.
    """

    time: float
    share: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True)
class Curve:
    """Steps of the curve: `shares[i]` holds from `times[i]` until the next; 1 before the first.

    `median` is the first time at which half or fewer are left, with its interval; inf where the
    curve (or a bound of it) never falls that far.
    """

    name: str
    count: int
    events: int
    times: Floats
    shares: Floats
    lows: Floats
    highs: Floats
    at_risk: Whole
    longest: float
    median: float
    median_low: float
    median_high: float

    def at(self, time: float) -> Point:
        """The curve at a time, in the unit of the times."""
        if time > self.longest:
            return Point(time, float("nan"), float("nan"), float("nan"), 0)
        step = int(np.searchsorted(self.times, time, side="right")) - 1
        left = int(self.at_risk[np.searchsorted(self.times, time)]) if time <= self.times[-1] else 0
        if step < 0:
            return Point(time, 1.0, 1.0, 1.0, left)
        low, high = float(self.lows[step]), float(self.highs[step])
        return Point(time, float(self.shares[step]), low, high, left)

    @property
    def is_told(self) -> bool:
        """Whether enough was seen to draw it."""
        return self.count >= FEWEST and self.events >= FEWEST_EVENTS


@dataclass(frozen=True)
class Logrank:
    """The test of equal survival in all groups; `meant` are the events expected of each then."""

    statistic: float
    freedom: int
    p: float
    seen: tuple[int, ...]
    meant: tuple[float, ...]


def build_curve(name: str, times: Floats, happened: Flags) -> Curve:
    """Kaplan and Meier (JASA 1958); `times` at least 0, `happened` False for who is still there.

    Greenwood's variance, interval on the log-log scale (Kalbfleisch and Prentice). Of an event
    and an end of observation at the same time the event comes first. The median's interval is
    read off the bounds (Brookmeyer and Crowley, Biometrics 1982).
    """
    found = ecdf(CensoredData.right_censored(times, ~happened)).sf
    shares = np.asarray(found.probabilities, dtype=float)
    steps = np.asarray(found.quantiles, dtype=float)
    at_risk = _at_risk(times, steps)
    lows, highs = _bounds(shares, at_risk, _died(times[happened], steps))
    halves = [_first_half(steps, each) for each in (shares, lows, highs)]
    return Curve(
        *(name, len(times), int(happened.sum()), steps, shares, lows, highs),
        *(at_risk.astype(np.int64), float(times.max()), halves[0], halves[1], halves[2]),
    )


def _bounds(shares: Floats, at_risk: Floats, died: Floats) -> tuple[Floats, Floats]:
    """Of the shares; 1 before the first event. Once nobody is left: 0, and the last bound."""
    left = np.maximum(at_risk - died, 1e-9)
    spread = np.sqrt(np.cumsum(died / (at_risk * left)))
    inside = (shares > 0) & (shares < 1)
    sure = np.where(inside, shares, 0.5)
    reach = Z * np.where(inside, spread, 0) / np.log(sure)
    lows = np.where(inside, sure ** np.exp(-reach), shares)
    highs = np.where(inside, sure ** np.exp(reach), 1.0)
    gone = shares <= 0
    highs[gone] = highs[~gone][-1] if (~gone).any() else 1.0
    return lows, highs


def _first_half(times: Floats, shares: Floats) -> float:
    below = np.flatnonzero(shares <= 0.5 + 1e-12)
    return float(times[below[0]]) if len(below) else float("inf")


def compare_curves(times: Floats, happened: Flags, group: Whole) -> Logrank:
    """The log-rank test of two or more groups (Mantel 1966; Peto and Peto 1972).

    `group` counts from 0. NaN where it cannot be told: one group, or nobody left.
    """
    count = int(group.max()) + 1
    moments = np.unique(times[happened])
    risk = np.stack([_at_risk(times[group == each], moments) for each in range(count)])
    died = np.stack([_died(times[(group == each) & happened], moments) for each in range(count)])
    whole, deaths = risk.sum(axis=0), died.sum(axis=0)
    meant = (risk * deaths / whole).sum(axis=1)
    gap = (died.sum(axis=1) - meant)[:-1]
    covariance = _covariance(risk, whole, deaths)[:-1, :-1]
    seen = tuple(int(each) for each in died.sum(axis=1))
    if not len(gap) or np.linalg.matrix_rank(covariance) < len(gap):
        return Logrank(float("nan"), count - 1, float("nan"), seen, tuple(map(float, meant)))
    statistic = float(gap @ np.linalg.solve(covariance, gap))
    p = float(chi2.sf(statistic, count - 1))
    return Logrank(statistic, count - 1, p, seen, tuple(map(float, meant)))


def _covariance(risk: Floats, whole: Floats, deaths: Floats) -> Floats:
    """Of the events, hypergeometric at each moment, added up."""
    share = risk / whole
    spread = deaths * (whole - deaths) / np.maximum(whole - 1, 1)
    covariance: Floats = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    return covariance


def _at_risk(times: Floats, moments: Floats) -> Floats:
    return (len(times) - np.searchsorted(np.sort(times), moments, side="left")).astype(float)


def _died(times: Floats, moments: Floats) -> Floats:
    return np.bincount(np.searchsorted(moments, times), minlength=len(moments)).astype(float)


def build_groups(
    times: Floats, happened: Flags, group: Whole, names: Sequence[str]
) -> tuple[list[Curve], Logrank | None]:
    """A curve per group and the test between those that have enough; None where under two have."""
    curves = [
        build_curve(name, times[group == at], happened[group == at])
        for at, name in enumerate(names)
    ]
    told = [at for at, curve in enumerate(curves) if curve.is_told]
    if len(told) < 2:
        return curves, None
    rows = np.isin(group, told)
    place = np.searchsorted(told, group[rows]).astype(np.int64)
    return curves, compare_curves(times[rows], happened[rows], place)

"""How good forecast probabilities are: Brier score, calibration error, curve, all with intervals.

Takes probabilities as given; that they are out of fold is the caller's promise.
"""

from dataclasses import dataclass

import numpy as np

from bot.insight.auc import Auc, Z, build_auc
from bot.insight.chance import Share, build_share
from bot.insight.column import Flags, Floats, Whole

BINS = 10
_DRAWS = 400


@dataclass(frozen=True)
class Figure:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Bin:
    """Rows of like forecasts: the mean forecast, and how often it happened."""

    forecast: float
    share: Share


@dataclass(frozen=True)
class Quality:
    """`brier` is the mean squared error; `gain` what it is below the base rate's own.

    `ece` is the mean distance of forecast and share over ten bins of equally many rows, weighed
    by their rows (Naeini, AAAI 2015, with equal counts as in Nixon, CVPRW 2019).
    """

    area: Auc
    brier: Figure
    base_brier: float
    gain: Figure
    ece: Figure
    curve: tuple[Bin, ...]

    @property
    def is_better(self) -> bool:
        """Better than telling everybody the base rate: both intervals lie beyond chance."""
        return self.gain.low > 0 and self.area.low > 0.5


def build_quality(
    forecasts: Floats, happened: Flags, base_rates: Floats, clusters: Whole | None = None
) -> Quality:
    """Figures of forecasts; `base_rates` per row is what is told without any measure."""
    told = happened.astype(float)
    losses, base = (forecasts - told) ** 2, (base_rates - told) ** 2
    return Quality(
        build_auc(forecasts, happened, clusters=clusters),
        _mean(losses, clusters),
        float(base.mean()),
        _mean(base - losses, clusters),
        _ece_figure(forecasts, told, clusters),
        build_curve(forecasts, happened),
    )


def build_curve(forecasts: Floats, happened: Flags, bins: int = BINS) -> tuple[Bin, ...]:
    """Ten bins of equally many rows, lowest forecasts first."""
    parts = np.array_split(np.argsort(forecasts, kind="stable"), bins)
    return tuple(
        Bin(float(forecasts[rows].mean()), build_share(int(happened[rows].sum()), len(rows)))
        for rows in parts
        if len(rows)
    )


def calibration_error(forecasts: Floats, told: Floats, bins: int = BINS) -> float:
    """Expected calibration error; `told` is 1.0 where it happened."""
    order = np.argsort(forecasts, kind="stable")
    gaps = np.cumsum(np.concatenate([[0.0], (forecasts - told)[order]]))
    edges = np.linspace(0, len(forecasts), bins + 1).astype(int)
    return float(np.abs(np.diff(gaps[edges])).sum() / len(forecasts))


def _mean(figures: Floats, clusters: Whole | None) -> Figure:
    """Mean with a normal interval; rows of one cluster vary together."""
    mean, count = float(figures.mean()), len(figures)
    off: Floats = figures - mean
    if clusters is not None:
        place = np.unique(clusters, return_inverse=True)[1]
        off = np.bincount(place, weights=off).astype(float)
    reach = Z * float(np.sqrt((off**2).sum() * len(off) / max(len(off) - 1, 1))) / count
    return Figure(mean, mean - reach, mean + reach)


def _ece_figure(forecasts: Floats, told: Floats, clusters: Whole | None) -> Figure:
    """Percentile bootstrap of rows, or of clusters; it leans upwards, as the error itself does."""
    lot = np.random.default_rng(0)
    drawn = [
        calibration_error(forecasts[rows], told[rows])
        for rows in (_draw(lot, len(told), clusters) for _ in range(_DRAWS))
    ]
    value = calibration_error(forecasts, told)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Figure(value, min(float(low), value), max(float(high), value))


def _draw(lot: np.random.Generator, count: int, clusters: Whole | None) -> Whole:
    if clusters is None:
        return lot.integers(0, count, count)
    _, place = np.unique(clusters, return_inverse=True)
    times = np.bincount(
        lot.integers(0, place.max() + 1, place.max() + 1), minlength=place.max() + 1
    )
    return np.repeat(np.arange(count), times[place])

"""Random folds that keep the share of the outcome, and hold rows of one customer together."""

from collections.abc import Iterator

import numpy as np

from bot.insight.column import Flags, Floats, Whole

FOLDS = 5


def draw_folds(
    happened: Flags, clusters: Whole | None = None, seed: int = 0, folds: int = FOLDS
) -> Whole:
    """A fold from 0 to `folds`-1 per row; the same for the same seed and the same rows in order."""
    lot = np.random.default_rng(seed)
    if clusters is None:
        return _dealt(happened, lot, folds)
    _, place = np.unique(clusters, return_inverse=True)
    ever = np.bincount(place, weights=happened) > 0
    return _dealt(ever, lot, folds)[place]


def _dealt(happened: Flags, lot: np.random.Generator, folds: int) -> Whole:
    fold = np.empty(len(happened), dtype=np.int64)
    for each in (True, False):
        rows = np.flatnonzero(happened == each)
        fold[lot.permutation(rows)] = np.arange(len(rows)) % folds
    return fold


def splits(fold: Whole) -> Iterator[tuple[Flags, Flags]]:
    """(rows to learn from, rows to judge on) for each fold."""
    for each in np.unique(fold):
        yield fold != each, fold == each


def order_levels(codes: Floats, happened: Flags, fold: Whole) -> Floats:
    """Categories as a score: the place of a row's level by the outcome's rate in the other folds.

    So no row's own outcome helps to place it, and a worthless category stays near 0.5 (slightly
    below). Rates are drawn towards the whole's by ten rows' weight; NaN stays NaN.
    """
    scores = np.full(len(codes), np.nan)
    for learn, judge in splits(fold):
        placed = place_levels(codes, happened, learn, judge)
        scores[judge] = placed[judge]
    return scores


def place_levels(codes: Floats, happened: Flags, learn: Flags, judge: Flags) -> Floats:
    """For the rows of `judge` the place of their level by its rate in the rows of `learn`."""
    scores = np.full(len(codes), np.nan)
    known = ~np.isnan(codes)
    rows, judged = learn & known, judge & known
    if rows.any() and judged.any():
        levels = int(np.nanmax(codes)) + 1
        place = _places(codes[rows].astype(np.int64), happened[rows], levels)
        scores[judged] = place[codes[judged].astype(np.int64)]
    return scores


def _places(codes: Whole, happened: Flags, levels: int) -> Floats:
    hits = np.bincount(codes, weights=happened, minlength=levels)
    counts = np.bincount(codes, minlength=levels)
    rates = (hits + 10 * happened.mean()) / (counts + 10)
    return np.argsort(np.argsort(rates, kind="stable"), kind="stable").astype(float)

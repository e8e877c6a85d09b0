"""How much two measures say the same, from 0 to 1, whatever their kinds."""

import numpy as np
from scipy.stats import rankdata

from bot.insight.column import Column, Floats, Kind, Whole

# From here on two measures are one: the second adds at most a third of its own spread.
SAME = 0.8
_FEWEST = 20


def likeness(first: Column, second: Column) -> float:
    """Of the rows where both are known; 0 where these are fewer than twenty.

    Two ordered measures: Spearman's rank correlation, without its sign. Two categories: Cramér's
    V, corrected for bias (Bergsma, Journal of the Korean Statistical Society 2013). One of each:
    the correlation ratio of the ranks (eta).
    """
    both = first.known & second.known
    if both.sum() < _FEWEST:
        return 0.0
    one, other = first.values[both], second.values[both]
    names = [column.kind is Kind.CATEGORY for column in (first, second)]
    if all(names):
        return _cramer(_codes(one), _codes(other))
    if any(names):
        return _ratio(_codes(one), other) if names[0] else _ratio(_codes(other), one)
    return _spearman(one, other)


def _codes(values: Floats) -> Whole:
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _spearman(one: Floats, other: Floats) -> float:
    ranks = np.stack([rankdata(one), rankdata(other)])
    if not ranks.std(axis=1).all():
        return 0.0
    return float(abs(np.corrcoef(ranks)[0, 1]))


def _ratio(codes: Whole, values: Floats) -> float:
    ranks = rankdata(values)
    counts = np.bincount(codes)
    means = np.bincount(codes, weights=ranks) / counts
    whole = ((ranks - ranks.mean()) ** 2).sum()
    between = (counts * (means - ranks.mean()) ** 2).sum()
    return float(np.sqrt(between / whole)) if whole else 0.0


def _cramer(one: Whole, other: Whole) -> float:
    rows, columns, count = one.max() + 1, other.max() + 1, len(one)
    table = np.bincount(one * columns + other, minlength=rows * columns).reshape(rows, columns)
    meant = np.outer(table.sum(axis=1), table.sum(axis=0)) / count
    phi = float(((table - meant) ** 2 / meant).sum()) / count
    phi = max(0.0, phi - (rows - 1) * (columns - 1) / (count - 1))
    narrow = min(
        rows - (rows - 1) ** 2 / (count - 1) - 1, columns - (columns - 1) ** 2 / (count - 1) - 1
    )
    return float(np.sqrt(phi / narrow)) if narrow > 0 else 0.0

"""Whether a measure says the same in every random part of the rows, and at every time."""

from dataclasses import dataclass

import numpy as np

from bot.insight.auc import Auc, build_auc
from bot.insight.column import Flags, Floats, Whole

FEWEST = 10
_PERIODS = 4
_AGREE = 0.8


@dataclass(frozen=True)
class Steadiness:
    """The area per random fold and per period of time, each over its own rows only.

    Parts with fewer than ten rows of either group are left out. `turned` says which part speaks
    against the whole: "folds", "periods", or "" where none does.
    """

    folds: tuple[Auc, ...]
    periods: tuple[Auc, ...]
    turned: str


def build_steadiness(
    scores: Floats, happened: Flags, fold: Whole, period: Whole | None, lean: float
) -> Steadiness:
    """Steady: at least four folds of five lean as the whole does, and no period the other way.

    A period leans the other way when its whole 95 % interval does; the newest already when its
    figure does and its interval leaves out the area of the whole.
    """
    folds = _parts(scores, happened, fold)
    periods = () if period is None else _parts(scores, happened, period)
    turned = ""
    if folds and sum(each.lean * lean > 0 for each in folds) < _AGREE * len(folds):
        turned = "folds"
    elif periods and (_has_faded(periods[-1], lean) or _any_against(periods, lean)):
        turned = "periods"
    return Steadiness(folds, periods, turned)


def _parts(scores: Floats, happened: Flags, part: Whole) -> tuple[Auc, ...]:
    found = (build_auc(scores[part == each], happened[part == each]) for each in np.unique(part))
    return tuple(each for each in found if min(each.events, each.others) >= FEWEST)


def _any_against(parts: tuple[Auc, ...], lean: float) -> bool:
    return any(each.high < 0.5 if lean > 0 else each.low > 0.5 for each in parts)


def _has_faded(newest: Auc, lean: float) -> bool:
    return newest.lean * lean < 0 and not newest.low <= 0.5 + lean <= newest.high


def cut_periods(time: Floats, happened: Flags) -> Whole | None:
    """Up to four periods of about equally many rows, oldest first; None where time is one value.

    Rows of one moment stay together; rows without a time are in the oldest period.
    """
    known = time[~np.isnan(time)]
    if not len(known) or known.min() == known.max():
        return None
    enough = min(int(happened.sum()), int((~happened).sum())) // FEWEST
    count = max(2, min(_PERIODS, enough))
    edges = np.unique(np.quantile(known, np.arange(1, count) / count, method="higher"))
    found: Whole = np.searchsorted(edges, np.nan_to_num(time, nan=-np.inf), side="right")
    return found if len(np.unique(found)) > 1 else None

"""Thresholds held against how contracts ended: chosen on the past, judged on what came later.

Refuses to choose on a case after the cut, and to judge on one before it.
"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import quantile_test

from bot.core.back_test import FALL, RED, Counted, Judged, Lead, Suggested, Trial
from bot.core.interval import FEWEST
from bot.insight.chance import Share, build_share, difference
from bot.insight.column import Flags, Floats
from bot.insight.endings import find_cut, pick_cases
from bot.insight.looks import FlagGrid, Looks, any_of

_FALLS = range(5, 51)


def part_cases(looks: Looks) -> tuple[Looks, Looks, int]:
    """The cases up to the cut, those after it, and its day.

    To be asked of periods with a score alone: results from before anything was measured must not
    take the place, before the cut, of those that can be judged.
    """
    cut = find_cut(looks.endings)
    cases = looks.take(pick_cases(looks.endings, cut))
    is_before = cases.endings.ended <= cut
    return cases.take(is_before), cases.take(~is_before), cut


def try_levels(before: Looks, later: Looks, levels: Sequence[tuple[str, float]]) -> list[Trial]:
    """Each threshold, of which kind and where, on the later cases; [] for too few of them.

    For the red edge and for falls the best of the cases before is judged as well.
    """
    if later.endings.cases.are_few:
        return []
    green = min((level for kind, level in levels if kind not in (RED, FALL)), default=100.0)
    return [
        Trial(kind, judge(later, kind, level), _suggest(before, later, kind, level, green))
        for kind, level in levels
    ]


def flag(looks: Looks, kind: str, level: float) -> FlagGrid:
    """[case][look]: below the score, or fallen by so much at least within a week."""
    flags: FlagGrid = looks.falls >= level if kind == FALL else looks.scores < level
    return flags


def choose(before: Looks, kind: str, level: float, below: float = 100.0) -> float | None:
    """What separates best: the share flagged of the lost less that of the kept is largest.

    Youden, Cancer 1950. Tried are whole numbers and `level` itself. Of equal ones the nearest to
    `level` is taken, so that nothing moves without need.
    None with fewer than ten cases of either kind, or where none that flags ten parts them at all.
    """
    lost = before.endings.lost
    if before.endings.cases.are_few:
        return None
    whole = _FALLS if kind == FALL else range(1, int(np.ceil(below)))
    tried = [
        (separation, -abs(at - level), float(at))
        for at in (level, *whole)
        if (flagged := any_of(flag(before, kind, at))).sum() >= FEWEST
        if (separation := _separate(flagged, lost)) > 0
    ]
    return max(tried)[2] if tried else None


def judge(later: Looks, kind: str, level: float) -> Judged:
    """Counts and intervals of one threshold."""
    flags, lost = flag(later, kind, level), later.endings.lost
    flagged = any_of(flags)
    hits, count = int((flagged & lost).sum()), int(flagged.sum())
    found = flagged & lost
    first = np.where(flags, later.ahead, -np.inf).max(axis=1)[found] if found.any() else None
    return Judged(
        level=float(level),
        precision=_counted(build_share(hits, count)) if count else None,
        recall=_counted(build_share(hits, int(lost.sum()))),
        lead=None if first is None else _median(first),
    )


def _suggest(
    before: Looks, later: Looks, kind: str, level: float, green: float
) -> Suggested | None:
    if kind not in (RED, FALL):
        return None
    best = choose(before, kind, level, green)
    if best is None or best == level:
        return None
    return Suggested(judge(later, kind, best), *_gain(later, kind, level, best))


def _gain(later: Looks, kind: str, level: float, best: float) -> tuple[float, float, float]:
    """How much better the other threshold parts the lost from the kept.

    One of two thresholds flags all that the other flags; so the gain is a difference of two shares,
    of whom only the one flags: among the lost and among the kept.
    """
    lost = later.endings.lost
    with_it, without = (any_of(flag(later, kind, at)) for at in (best, level))
    moved = with_it != without
    shares = [build_share(int((moved & of).sum()), int(of.sum())) for of in (lost, ~lost)]
    flags_more = with_it.sum() >= without.sum()
    return difference(*shares) if flags_more else difference(*reversed(shares))


def _separate(flagged: Flags, lost: Flags) -> float:
    return float(flagged[lost].mean() - flagged[~lost].mean())


def _counted(share: Share) -> Counted:
    return Counted(share.hits, share.count, float(share.low), float(share.high))


def _median(days: Floats) -> Lead:
    """With its 95 % interval from the order of the figures alone; none of fewer than six."""
    reach = quantile_test(days, p=0.5).confidence_interval(0.95)
    low, high = (None if np.isnan(each) else float(each) for each in reach)
    return Lead(float(np.median(days)), low, high)

"""The guard against chasing a measure: a playbook moved it, and did fewer leave?

A measure that a playbook moves while leaving is not seen to follow is flagged, and gets no more
weight. Refuses to judge by few accounts; where the treated were chosen, a difference is no effect.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.stats import t as student

from bot.insight.calibration import Figure
from bot.insight.chance import Share, build_share, difference
from bot.insight.column import Flags, Floats

# Accounts in each group with a known move; leavers in both together.
FEWEST = 20
FEWEST_LEAVERS = 10
# A fall of leaving by less than a third of the others' rate is not worth a playbook.
WORTH = 1 / 3
# The normal quantile of 0.9: a playbook that is worth it is flagged once in ten times at most.
_Z_90 = 1.2815515655446004


class Following(StrEnum):
    """What became of leaving where a playbook was run."""

    FOLLOWED = "followed"
    NOT_FOLLOWED = "not_followed"
    CANNOT_TELL = "cannot_tell"
    NOT_MOVED = "not_moved"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Trial:
    """One playbook and one measure; arrays of one length, an element an account and run.

    `moves` is the measure after less before, in its unit, NaN where unknown; `left` whether the
    account left within the window afterwards; `treated` whether the playbook was run, the others
    are alike and nobody worked on them. `higher_is_better` is the measure's own direction.
    """

    playbook: str
    measure: str
    moves: Floats
    left: Flags
    treated: Flags
    higher_is_better: bool = True


@dataclass(frozen=True)
class Guarded:
    """`move` is how much further the treated moved to the better side, with its 95 % interval.

    `leaving` is the treated's share that left less the others', with its 95 % interval. Both are
    None where there are too few.
    """

    playbook: str
    measure: str
    following: Following
    treated: Share
    others: Share
    move: Figure | None = None
    leaving: Figure | None = None

    @property
    def is_flagged(self) -> bool:
        """Whether the measure moved and no fall of leaving is seen; it owes the proof."""
        return self.following in (Following.NOT_FOLLOWED, Following.CANNOT_TELL)


def guard(trial: Trial) -> Guarded:
    """Whether leaving followed where the measure moved.

    Moved: the interval of the moves' difference (Welch 1947) lies wholly on the better side.
    Followed: the interval of leaving's difference (Newcombe 1998) lies wholly below 0. Not
    followed: at 90 % sure on one side, leaving fell by less than a third of the others' rate.
    Between the two it cannot be told.
    """
    known = ~np.isnan(trial.moves)
    here, there = known & trial.treated, known & ~trial.treated
    treated = build_share(int(trial.left[here].sum()), int(here.sum()))
    others = build_share(int(trial.left[there].sum()), int(there.sum()))
    names = (trial.playbook, trial.measure)
    few = min(treated.count, others.count) < FEWEST
    if few or treated.hits + others.hits < FEWEST_LEAVERS:
        return Guarded(*names, Following.TOO_FEW, treated, others)
    better = trial.moves if trial.higher_is_better else -trial.moves
    move = _welch(better[here], better[there])
    leaving = Figure(*difference(treated, others))
    return Guarded(
        *names, _following(move, leaving, treated, others), treated, others, move, leaving
    )


def _following(move: Figure, leaving: Figure, treated: Share, others: Share) -> Following:
    if move.low <= 0:
        return Following.NOT_MOVED
    if leaving.high < 0:
        return Following.FOLLOWED
    _, low, _ = difference(
        *(build_share(each.hits, each.count, _Z_90) for each in (treated, others))
    )
    return Following.NOT_FOLLOWED if low > -WORTH * others.share else Following.CANNOT_TELL


def _welch(one: Floats, other: Floats) -> Figure:
    """The difference of two means with its interval, variances apart."""
    parts = [float(each.var(ddof=1)) / len(each) for each in (one, other)]
    gap, spread = float(one.mean() - other.mean()), sum(parts)
    if not spread:
        return Figure(gap, gap, gap)
    freedom = spread**2 / sum(
        part**2 / (len(each) - 1) for part, each in zip(parts, (one, other), strict=True)
    )
    reach = float(student.ppf(0.975, freedom)) * spread**0.5
    return Figure(gap, gap - reach, gap + reach)

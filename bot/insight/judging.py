"""From figures to verdicts: correction for many, steadiness, sameness, what only goes along."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.insight.alike import SAME, likeness
from bot.insight.chance import correct_by_holm
from bot.insight.column import Column
from bot.insight.held import Held, hold
from bot.insight.measure import Figures, Rows
from bot.insight.verdict import Verdict

FEWEST = 20


@dataclass(frozen=True)
class Judged:
    """A measure with its verdict; `why` and `params` name the sentence and fill it.

    `corrected` is the p-value after Holm; `with_measure` the one it is redundant with; `held`
    what it was held against, in order.
    """

    figures: Figures
    verdict: Verdict
    why: str
    corrected: float
    params: dict[str, object] = field(default_factory=dict)
    with_measure: str | None = None
    held: tuple[Held, ...] = ()


def judge_all(
    measured: Sequence[Figures], rows: Rows, against: Sequence[Column], error_rate: float
) -> list[Judged]:
    """Verdicts in the order given. The strongest is asked first, each next one held against it.

    `against` are segment and volume; a column is not held against itself.
    """
    chances = [each.chance if not is_too_few(each) else np.nan for each in measured]
    corrected = correct_by_holm(np.array(chances, dtype=float))
    order = sorted(range(len(measured)), key=lambda at: -measured[at].strength)
    judged: dict[int, Judged] = {}
    standing: list[Figures] = []
    for at in order:
        jury = _Jury(rows, against, standing, error_rate)
        judged[at] = jury.judge(measured[at], float(corrected[at]))
        if judged[at].verdict is Verdict.VALID:
            standing.append(measured[at])
    return [judged[at] for at in range(len(measured))]


def is_too_few(figures: Figures) -> bool:
    """Fewer than twenty rows with a value on either side."""
    return min(figures.area.events, figures.area.others) < FEWEST


@dataclass(frozen=True)
class _Jury:
    """`standing` are the valid ones so far, all of them stronger."""

    rows: Rows
    against: Sequence[Column]
    standing: Sequence[Figures]
    error_rate: float

    def judge(self, figures: Figures, corrected: float) -> Judged:
        alone = self._alone(figures, corrected)
        if alone is not None:
            return Judged(figures, alone[0], alone[1], corrected)
        same = self._same(figures)
        if same is not None:
            params: dict[str, object] = {"likeness": same[1]}
            return Judged(figures, Verdict.REDUNDANT, "redundant", corrected, params, same[0].name)
        return self._held(figures, corrected)

    def _alone(self, figures: Figures, corrected: float) -> tuple[Verdict, str] | None:
        if is_too_few(figures):
            return Verdict.TOO_FEW, "too_few"
        if not corrected <= self.error_rate or figures.strength == 0:
            return Verdict.NOT_SHOWN, "not_shown"
        turned = figures.steadiness.turned
        return (Verdict.UNSTABLE, f"unstable_{turned}") if turned else None

    def _same(self, figures: Figures) -> tuple[Figures, float] | None:
        likest = [(each, likeness(each.column, figures.column)) for each in self.standing]
        return max(
            (pair for pair in likest if pair[1] >= SAME), key=lambda pair: pair[1], default=None
        )

    def _held(self, figures: Figures, corrected: float) -> Judged:
        held: list[Held] = []
        for others in self._opponents(figures):
            found = hold(
                figures.scores, self.rows.happened, others, figures.area.lean, self.rows.clusters
            )
            held.append(found)
            if found.goes_along(self.error_rate):
                return Judged(
                    figures, Verdict.GOES_ALONG, "goes_along", corrected, held=tuple(held)
                )
        return Judged(figures, Verdict.VALID, "valid", corrected, held=tuple(held))

    def _opponents(self, figures: Figures) -> list[list[Column]]:
        known = [each for each in self.against if each.name != figures.name]
        return [known] * bool(known) + [[each.column] for each in self.standing]

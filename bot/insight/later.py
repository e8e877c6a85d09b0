"""Whether what was found up to the cut still holds on the rows after it.  Chooses nothing."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.insight.auc import Auc, build_auc
from bot.insight.column import Column, Flags, Floats, Kind, Whole
from bot.insight.folds import place_levels
from bot.insight.judging import FEWEST, Judged
from bot.insight.verdict import Verdict


def judge_later(
    judged: Sequence[Judged],
    columns: Sequence[Column],
    happened: Flags,
    learn: Flags | None,
    clusters: Whole | None,
) -> tuple[list[Judged], dict[str, Auc]]:
    """The areas after the cut by name; a valid measure that turned there becomes unstable.

    Turned: its whole 95 % interval lies on the other side, with twenty rows on either side.
    """
    if learn is None:
        return list(judged), {}
    after = ~learn
    own = None if clusters is None else clusters[after]
    areas = {
        column.name: build_auc(_scores(column, happened, learn)[after], happened[after], None, own)
        for column in columns
    }
    return [_looked_again(each, areas[each.figures.name]) for each in judged], areas


def _scores(column: Column, happened: Flags, learn: Flags) -> Floats:
    if column.kind is not Kind.CATEGORY:
        return column.values
    return place_levels(column.values, happened, learn, np.ones(len(happened), dtype=bool))


def _looked_again(judged: Judged, area: Auc) -> Judged:
    if judged.verdict is not Verdict.VALID or min(area.events, area.others) < FEWEST:
        return judged
    before = judged.figures.area.lean
    turned = area.high < 0.5 if before > 0 else area.low > 0.5
    return replace(judged, verdict=Verdict.UNSTABLE, why="unstable_later") if turned else judged

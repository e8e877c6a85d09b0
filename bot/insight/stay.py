"""From a table as people keep it to survival curves, of all rows or of groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bot.core.refusal import BadInput
from bot.insight.column import Floats, Whole, as_words
from bot.insight.lifetimes import Lifetimes, read_lifetimes
from bot.insight.survival import Curve, Logrank, build_curve, build_groups
from bot.insight.where import Condition, find_rows, require_columns

_MOST_GROUPS = 12


@dataclass(frozen=True)
class Stay:
    """`curve` of all rows that met the conditions of `rows` in the file; `groups` by `by`.

    `times` are the times asked for, or some round ones up to the longest seen. `ungrouped` rows
    had a blank in `by`. `test` is None where fewer than two groups have enough.
    """

    time: str
    event: str
    word: str
    rows: int
    curve: Curve
    times: tuple[float, ...]
    by: str | None = None
    groups: tuple[Curve, ...] = ()
    test: Logrank | None = None
    ungrouped: int = 0


def examine_stay(
    table: pd.DataFrame,
    numbers: Whole,
    time: str,
    event: str,
    word: str | None = None,
    by: str | None = None,
    *,
    conditions: Sequence[Condition] = (),
    at: str = "",
) -> Stay:
    """Curves of the rows that meet the conditions; raises BadInput with column, rows and mend."""
    require_columns(table, [time, event, *([by] if by else [])])
    rows = find_rows(table, conditions)
    kept = table[rows]
    lives = read_lifetimes(kept, time, event, numbers[rows], word)
    curve = build_curve("", lives.times, lives.happened)
    times = read_times(at) or round_times(curve.longest)
    if by is None:
        return Stay(time, event, lives.word, len(table), curve, times)
    groups, test, ungrouped = _groups(lives, kept[by], by)
    return Stay(
        *(time, event, lives.word, len(table), curve, times, by), tuple(groups), test, ungrouped
    )


def _groups(lives: Lifetimes, cells: pd.Series, by: str) -> tuple[list[Curve], Logrank | None, int]:
    codes, names = pd.factorize(as_words(cells), sort=True)
    if len(names) > _MOST_GROUPS:
        raise BadInput("insight_many_groups", column=by, count=len(names), most=_MOST_GROUPS)
    if not len(names):
        raise BadInput("insight_by_empty", column=by)
    known = codes >= 0
    place = codes[known].astype(np.int64)
    named = [str(name) for name in names]
    groups, test = build_groups(lives.times[known], lives.happened[known], place, named)
    return groups, test, int((~known).sum())


def read_times(text: str) -> tuple[float, ...]:
    """Times with commas between, in order; () for an empty text."""
    try:
        times = sorted({float(part) for part in text.replace("、", ",").split(",") if part.strip()})
    except ValueError as wrong:
        raise BadInput("insight_at_unclear", text=text) from wrong
    if any(not np.isfinite(each) or each < 0 for each in times):
        raise BadInput("insight_at_unclear", text=text)
    return tuple(times)


def round_times(longest: float) -> tuple[float, ...]:
    """About six round times up to the longest: 12, 24, … where it is some dozens."""
    steps = [each * 10.0**power for power in range(-3, 7) for each in (1, 2, 3, 6)]
    steps += [12.0, 24.0]
    step = min((each for each in steps if longest / each <= 7), default=longest)
    found: Floats = np.arange(step, longest + step / 1000, step)
    return tuple(float(round(each, 6)) for each in found) or (longest,)

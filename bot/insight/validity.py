"""Which columns of a table separate rows where it happened from the others, and what is foretold.

Any table: a row per customer, or per customer and month with `clusters`. With a cut nothing after
it has a part in what is refused, chosen, scaled, filled or fitted; later rows only judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bot.core.refusal import BadInput
from bot.insight.auc import Auc
from bot.insight.column import Column, Flags, Floats, Kind, Whole, as_words, read_column
from bot.insight.folds import draw_folds
from bot.insight.forecast import Forecast, build_forecast
from bot.insight.judging import Judged, judge_all
from bot.insight.later import judge_later
from bot.insight.measure import Rows, build_figures
from bot.insight.steady import cut_periods
from bot.insight.unfit import Unfit, find_unfit
from bot.insight.verdict import Verdict
from bot.insight.where import require_columns

# The chance that one or more worthless measures of a table are called valid.
ERROR_RATE = 0.01


@dataclass(frozen=True)
class Question:
    """What is asked of the table.

    `outcome` is the outcome's name, by which leaks are known; `segment` and `volume` are columns
    every measure is held against; `known_before` are columns whose suspicious name a person has
    vouched for; `unforetold` are judged, and have no part in the forecast: what is only known as
    it stands today.
    """

    outcome: str = ""
    segment: tuple[str, ...] = ()
    volume: str | None = None
    known_before: frozenset[str] = frozenset()
    error_rate: float = ERROR_RATE
    unforetold: frozenset[str] = frozenset()


@dataclass(frozen=True)
class When:
    """A moment per row: day numbers from 1970-01-01 where `is_date`, else any number; NaN unknown.

    `cut` is the last moment that may be learnt from; None where the rows are not parted by time.
    """

    moments: Floats
    is_date: bool = False
    cut: float | None = None

    @property
    def learn(self) -> Flags | None:
        """Rows up to the cut; None without one. A row without a moment is after every cut."""
        return None if self.cut is None else self.moments <= self.cut


@dataclass(frozen=True)
class Refused:
    """A column that was not judged."""

    name: str
    unfit: Unfit


@dataclass(frozen=True)
class Validity:
    """`judged` in the order of the columns; `later` the area on rows after the cut, by name.

    `tested` counts the p-values that were corrected together. `forecast` is None where there were
    too few rows on either side. `happened`, `learn` are as given.
    """

    question: Question
    happened: Flags
    learn: Flags | None
    judged: tuple[Judged, ...]
    refused: tuple[Refused, ...]
    later: dict[str, Auc]
    tested: int
    forecast: Forecast | None

    @property
    def valid(self) -> list[str]:
        """Names of the valid measures, the strongest first: all that may be proposed for weight."""
        found = [each for each in self.judged if each.verdict is Verdict.VALID]
        return [
            each.figures.name for each in sorted(found, key=lambda each: -each.figures.strength)
        ]


def judge(
    table: pd.DataFrame,
    happened: Flags,
    question: Question,
    when: When | None = None,
    clusters: Whole | None = None,
) -> Validity:
    """Verdicts for every column of the table, and the forecast from those that are fit.

    `table` holds the measures only (raw cells or numbers), `happened` a flag per row, `clusters`
    a number per row that rows of one customer share. Raises BadInput where `segment` or `volume`
    are no columns of the table.
    """
    require_columns(table, _named(question))
    learn = when.learn if when else None
    rows = np.ones(len(happened), dtype=bool) if learn is None else learn
    columns = [read_column(str(name), table[name], rows) for name in table.columns]
    fit, refused = _part(columns, happened, rows, question, when)
    basis = _basis(happened, rows, when, clusters)
    against = [_opponent(table, name, question, rows) for name in _named(question)]
    measured = [build_figures(column.take(rows), basis) for column in fit]
    judged = judge_all(measured, basis, against, question.error_rate)
    judged, later = judge_later(judged, fit, happened, learn, clusters)
    moments = None if when is None else when.moments
    foretelling = [each for each in fit if each.name not in question.unforetold]
    forecast = build_forecast(foretelling, happened, learn, moments, clusters)
    tested = sum(not np.isnan(each.corrected) for each in judged)
    return Validity(question, happened, learn, tuple(judged), refused, later, tested, forecast)


def _part(
    columns: Sequence[Column], happened: Flags, rows: Flags, question: Question, when: When | None
) -> tuple[list[Column], tuple[Refused, ...]]:
    """Columns that may be measures, and those refused; seen on the given rows only."""
    latest = when.moments[rows] if when and when.is_date else None
    fit, refused = [], []
    for column in columns:
        vouched = column.name in question.known_before
        unfit = find_unfit(column.take(rows), happened[rows], question.outcome, latest, vouched)
        if unfit is None:
            fit.append(column)
        else:
            refused.append(Refused(column.name, unfit))
    return fit, tuple(refused)


def _basis(happened: Flags, rows: Flags, when: When | None, clusters: Whole | None) -> Rows:
    own = None if clusters is None else clusters[rows]
    hit = happened[rows]
    period = cut_periods(when.moments[rows], hit) if when else None
    return Rows(hit, draw_folds(hit, own), period, own)


def _named(question: Question) -> list[str]:
    return [*question.segment, *([question.volume] if question.volume else [])]


def _opponent(table: pd.DataFrame, name: str, question: Question, rows: Flags) -> Column:
    """A segment is words whatever it looks like; a volume is ordered."""
    if name in question.segment:
        words = as_words(table[name])[rows]
        codes, levels = pd.factorize(words, sort=True)
        values = np.where(codes < 0, np.nan, codes).astype(float)
        return Column(name, Kind.CATEGORY, values, tuple(str(level) for level in levels))
    volume = read_column(name, table[name], rows)
    if volume.kind in (Kind.CATEGORY, Kind.YESNO):
        raise BadInput("insight_volume_is_words", column=name)
    return volume.take(rows)

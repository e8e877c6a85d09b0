"""Columns to the matrix a forecast is fitted on.  Everything in it is learnt from given rows only:
what fills a blank, where outliers are cut, the scale, which levels there are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.insight.column import Column, Flags, Floats, Kind

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

_FEWEST_IN_LEVEL = 20


@dataclass(frozen=True)
class Plan:
    """How one column enters.

    Ordered: `fill` for blanks, cut to `low`..`high`, less `middle`, by `spread`; a flag for
    blanks where `flags_blanks`. A category: an indicator per code of `levels`, the rest is none.
    """

    name: str
    levels: tuple[int, ...] = ()
    fill: float = 0.0
    low: float = 0.0
    high: float = 0.0
    middle: float = 0.0
    spread: float = 1.0
    flags_blanks: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """A name per column of the matrix."""
        if self.levels:
            return tuple(f"{self.name}#{level}" for level in self.levels)
        return (self.name, f"{self.name} blank") if self.flags_blanks else (self.name,)


@dataclass(frozen=True)
class Design:
    """The plans of all columns, fitted; `build` applies them to any rows."""

    plans: tuple[Plan, ...]

    def build(self, columns: Sequence[Column], rows: Flags) -> Matrix:
        """The matrix of the rows; `columns` as they were when fitted, in order."""
        made = [
            part
            for plan, column in zip(self.plans, columns, strict=True)
            for part in _apply(plan, column.values[rows])
        ]
        return np.stack(made, axis=1) if made else np.zeros((int(rows.sum()), 0))

    @property
    def terms(self) -> tuple[str, ...]:
        """A name per column of the matrix."""
        return tuple(term for plan in self.plans for term in plan.terms)


def fit_design(columns: Sequence[Column], rows: Flags) -> Design:
    """The design as the given rows ask for it."""
    return Design(tuple(_plan(column, column.values[rows]) for column in columns))


def _plan(column: Column, values: Floats) -> Plan:
    known = values[~np.isnan(values)]
    if column.kind is Kind.CATEGORY:
        codes, counts = np.unique(known.astype(np.int64), return_counts=True)
        return Plan(column.name, tuple(int(code) for code in codes[counts >= _FEWEST_IN_LEVEL]))
    if not len(known):
        return Plan(column.name)
    low, fill, high = (float(each) for each in np.quantile(known, [0.01, 0.5, 0.99]))
    if low == high:  # a rare yes: nothing to cut
        low, high = float(known.min()), float(known.max())
    kept = np.clip(np.where(np.isnan(values), fill, values), low, high)
    blanks = int(np.isnan(values).sum())
    flags = min(blanks, len(known)) >= _FEWEST_IN_LEVEL
    return Plan(
        *(column.name, (), fill, low, high, float(kept.mean()), float(kept.std()) or 1.0, flags)
    )


def _apply(plan: Plan, values: Floats) -> list[Floats]:
    if plan.levels:
        return [(values == level).astype(float) for level in plan.levels]
    blank = np.isnan(values)
    kept = np.clip(np.where(blank, plan.fill, values), plan.low, plan.high)
    scaled = (kept - plan.middle) / plan.spread
    return [scaled, blank.astype(float)] if plan.flags_blanks else [scaled]

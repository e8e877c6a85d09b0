"""Columns that can be no measure: empty, constant, an identifier, free text, known afterwards.

Looks at the rows it is given only; whoever judges by time gives it the rows up to the cut.
"""

import re
import unicodedata
from dataclasses import dataclass, field

import numpy as np

from bot.insight.column import Column, Flags, Floats, Kind
from bot.insight.leaks import find_leak
from bot.insight.verdict import Verdict

_ALL_DIFFERENT = 0.95
_MANY_LEVELS = 50
_FEWEST = 20
_ID = re.compile(r"(?:^|[^a-z])(?:id|ref|no|num|number|code|uuid|key)$|番号$|コード$|^id[^a-z]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Unfit:
    """Why a column is no measure; `params` are the values its sentence shows."""

    verdict: Verdict
    why: str
    params: dict[str, object] = field(default_factory=dict)


def find_unfit(
    column: Column,
    happened: Flags,
    outcome: str = "",
    later_than: Floats | None = None,
    known_before: bool = False,
) -> Unfit | None:
    """What is wrong with the column; None where it may be a measure.

    `outcome` is the outcome's name; `later_than` the day number of each row, beyond which a date
    was not known. `known_before` vouches for the column's name, not for its figures.
    """
    values = column.values[column.known]
    if not len(values):
        return Unfit(Verdict.REFUSED_EMPTY, "empty")
    leak = find_leak(column, happened, outcome, later_than, known_before)
    if leak:
        return Unfit(Verdict.REFUSED_LEAK, *leak)
    if values.min() == values.max():
        return Unfit(Verdict.REFUSED_CONSTANT, "constant")
    return _identifier(column, values)


def _identifier(column: Column, values: Floats) -> Unfit | None:
    different = len(np.unique(values))
    params: dict[str, object] = {"different": different, "count": len(values)}
    named = is_named_like_an_id(column.name)
    share = different / len(values)
    if len(values) < _FEWEST:
        return Unfit(Verdict.REFUSED_IDENTIFIER, "identifier", params) if named else None
    if column.kind is Kind.CATEGORY:
        if share >= _ALL_DIFFERENT or (named and different > _MANY_LEVELS):
            return Unfit(Verdict.REFUSED_IDENTIFIER, "identifier", params)
        many = different > _MANY_LEVELS and different > len(values) / 20
        return Unfit(Verdict.REFUSED_IDENTIFIER, "many_values", params) if many else None
    if column.kind is Kind.NUMBER and _counts_rows(values, share, named):
        return Unfit(Verdict.REFUSED_IDENTIFIER, "identifier", params)
    return None


def _counts_rows(values: Floats, share: float, named: bool) -> bool:
    """Whole numbers, all different, named like an id or going up by one from row to row."""
    if share < _ALL_DIFFERENT or (values % 1).any():
        return False
    return named or bool((np.diff(values) == 1).mean() > _ALL_DIFFERENT)


def is_named_like_an_id(name: str) -> bool:
    """Whether the name says identifier: customerID, account_id, No, 顧客番号."""
    plain = _CAMEL.sub("_", unicodedata.normalize("NFKC", name)).casefold().strip()
    return bool(_ID.search(plain))

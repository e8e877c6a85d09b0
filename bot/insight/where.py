"""Rows of a table that meet conditions such as `Contract=Month-to-month` or `seats>=50`.

Refuses a column that is not there, and a value that no row has: it is a slip of the pen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from bot.core.refusal import BadInput
from bot.insight.column import Flags, Kind, as_words, read_column

_CONDITION = re.compile(r"^\s*(.+?)\s*(!=|>=|<=|=|>|<)\s*(.*?)\s*$")
_SHOWN = 8


@dataclass(frozen=True)
class Condition:
    """`column` as in the table, `sign` of = != >= <= > <, `value` as typed; "" is a blank cell."""

    column: str
    sign: str
    value: str


def read_condition(text: str) -> Condition:
    """A condition as typed; raises BadInput where it has no sign."""
    found = _CONDITION.match(text)
    if not found:
        raise BadInput("insight_where_unclear", text=text)
    return Condition(*found.groups())


def require_columns(table: pd.DataFrame, names: Sequence[str]) -> None:
    """Raises BadInput, with the nearest name, for a name that is no column."""
    known = [str(each) for each in table.columns]
    for name in names:
        if name not in known:
            near = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=60)
            raise BadInput(
                "insight_no_column",
                column=name,
                columns=", ".join(known[:40]),
                near=near[0] if near else "",
            )


def find_rows(table: pd.DataFrame, conditions: Sequence[Condition]) -> Flags:
    """Rows that meet all conditions; raises BadInput where none does."""
    require_columns(table, [each.column for each in conditions])
    rows = np.ones(len(table), dtype=bool)
    for each in conditions:
        rows &= _meets(table[each.column], each)
    if not rows.any():
        raise BadInput("insight_where_nobody", text=" ".join(map(_show, conditions)))
    return rows


def _meets(cells: pd.Series, condition: Condition) -> Flags:
    if condition.sign in ("=", "!="):
        same = _is_same(cells, condition)
        return same if condition.sign == "=" else ~same
    bound = read_column("", pd.Series([condition.value], dtype=object))
    column = read_column(condition.column, cells)
    ordered = (Kind.NUMBER, Kind.DATE)
    if bound.kind not in ordered or column.kind not in ordered:
        raise BadInput("insight_where_no_order", text=_show(condition), column=condition.column)
    left, right = column.values, bound.values[0]
    met = {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}
    found: Flags = met[condition.sign]
    return found


def _is_same(cells: pd.Series, condition: Condition) -> Flags:
    words = as_words(cells)
    if condition.value == "":
        return words.isna().to_numpy()
    values = words.dropna().unique()
    if condition.value not in values:
        shown = ", ".join(sorted(values)[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")
        raise BadInput("insight_where_no_value", text=_show(condition), values=shown)
    return np.asarray((words == condition.value).to_numpy(dtype=bool, na_value=False))


def _show(condition: Condition) -> str:
    return f"{condition.column}{condition.sign}{condition.value}"

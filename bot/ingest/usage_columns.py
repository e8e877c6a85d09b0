"""Which columns of a usage sheet are metrics, and which are days or months.

Refuses headers without a year: 11/1 could be any November.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.ingest.fields import Field, Type
from bot.ingest.fold import is_missing
from bot.ingest.header import Header
from bot.ingest.metrics import known_metric, may_be_metric, metric_name
from bot.ingest.parse import parse_cell
from bot.ingest.values.dates import month_in
from bot.ingest.values.numbers import number_in
from bot.ingest.values.setting import Setting

_MOSTLY = 0.8  # a column with a few broken cells is still a metric, and its cells are refused
_DAY_FIELD = Field("on", Type.DATE, ())
_ANY_DAY = date(2100, 1, 1)
_YEAR = re.compile(r"\d{4}|令和|平成|[rRhH]\d|'\d\d")


def day_columns(header: Header, period: str) -> dict[int, date]:
    """Columns whose header is a day (`period` on) or a month (`period` month), with that day."""
    found: dict[int, date] = {}
    for at, (_, lower) in enumerate(header.parts):
        if lower and lower[0].isalnum() and _YEAR.search(lower):
            day = month_in(lower) if period == "month" else _day(lower)
            if day:
                found[at] = day
    return found


def find_metrics(
    header: Header, columns: Mapping[int, str], rows: Sequence[Sequence[object]]
) -> dict[int, str]:
    """Columns that hold one metric each: numeric, named, and no field of the kind."""
    found: dict[int, str] = {}
    for at, name in enumerate(header.names):
        if at in columns or not header.parts[at][1] + header.parts[at][0]:
            continue
        cells = [row[at] for row in rows if at < len(row) and not is_missing(row[at])]
        if may_be_metric(name) and _numeric(cells, name):
            found[at] = metric_name(header.parts[at][1] or name)
    return _unique(found, header)


def _day(text: str) -> date | None:
    value = parse_cell(text, Setting(_DAY_FIELD, _ANY_DAY))
    return value if isinstance(value, date) else None


def _numeric(cells: Sequence[object], name: str) -> bool:
    if known_metric(name) or not cells:
        return known_metric(name) is not None
    good = sum(isinstance(cell, int | float) or number_in(str(cell)) is not None for cell in cells)
    return good >= _MOSTLY * len(cells)


def _unique(found: Mapping[int, str], header: Header) -> dict[int, str]:
    """Two columns of one metric would overwrite each other; the second keeps its whole title."""
    unique: dict[int, str] = {}
    for at, name in found.items():
        taken = set(unique.values())
        unique[at] = name if name not in taken else f"{metric_name(header.names[at])}_{at + 1}"
    return unique

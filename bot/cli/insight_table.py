"""A file as a table of cells for `insight`: the same readers as for imports, no meaning given."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

from bot.core.refusal import BadInput
from bot.ingest.fold import is_missing
from bot.ingest.grid import Grid
from bot.ingest.header import column_text
from bot.ingest.sources.open import open_book

_DEEPEST = 20


@dataclass(frozen=True)
class FileTable:
    """`cells` with a column per title; `numbers` are the rows' numbers as Excel counts them."""

    cells: pd.DataFrame
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]]


def read_table(path: Path, sheet: str | None = None) -> FileTable:
    """The table of a CSV, TSV, Excel or JSON file in any usual encoding; blank cells are None.

    Its header is the first row of words that is as wide as the table. Raises BadInput where there
    is none, or where a workbook has several sheets and none is named.
    """
    book = open_book(path)
    if book.fault:
        raise BadInput(f"insight_file_{book.fault.code}", file=path.name)
    grid = _choose(book.grids, sheet, path.name)
    head = _find_head(grid)
    if head is None:
        raise BadInput("insight_no_header", file=path.name)
    names = _unique([column_text(cell) for cell in grid.rows[head]])
    return _cells(grid, head, names)


def _choose(grids: Sequence[Grid], sheet: str | None, file: str) -> Grid:
    named = [grid for grid in grids if sheet in (None, grid.name)]
    if not grids:
        raise BadInput("insight_no_header", file=file)
    if len(named) != 1:
        raise BadInput("insight_which_sheet", sheets=", ".join(grid.name for grid in grids))
    return named[0]


def _find_head(grid: Grid) -> int | None:
    """The first row that is about as full as the usual row, and mostly words."""
    usual = median(_filled(row) for row in grid.rows[: 2 * _DEEPEST]) if grid.rows else 0
    for at, row in enumerate(grid.rows[:_DEEPEST]):
        titles = [cell for cell in row if not is_missing(cell)]
        if len(titles) >= max(2, usual * 0.8) and 2 * sum(map(_is_word, titles)) > len(titles):
            return at if at + 1 < len(grid.rows) else None
    return None


def _is_word(cell: object) -> bool:
    return isinstance(cell, str) and not cell.strip().replace(".", "").lstrip("+-").isdigit()


def _filled(row: Sequence[object]) -> int:
    return sum(not is_missing(cell) for cell in row)


def _unique(names: list[str]) -> list[str]:
    taken: dict[str, int] = {}
    unique = []
    for at, name in enumerate(names, 1):
        name = name or f"#{at}"
        taken[name] = taken.get(name, 0) + 1
        unique.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return unique


def _cells(grid: Grid, head: int, names: list[str]) -> FileTable:
    numbers, rows = [], []
    for number, row in grid.numbered(head + 1):
        cells = [None if is_missing(cell) else cell for cell in row[: len(names)]]
        if any(cell is not None for cell in cells):
            numbers.append(number)
            rows.append(cells + [None] * (len(names) - len(cells)))
    table = pd.DataFrame(rows, columns=pd.Index(names, dtype=object), dtype=object)
    return FileTable(table, np.array(numbers, dtype=np.int64))

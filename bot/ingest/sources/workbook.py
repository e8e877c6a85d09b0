"""Workbooks (xlsx): every sheet a grid, merged cells filled, formulas by their saved value.

Refuses locked and old (xls) workbooks; notes hidden sheets and leaves them out.
"""

import io
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time
from zipfile import BadZipFile
from zlib import error as ZlibError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from bot.ingest.fault import Fault
from bot.ingest.grid import Book, Grid, Note

# What openpyxl and its readers raise on damaged files, as met by feeding it damaged files.
_DAMAGE = (
    *(BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError),
    *(IndexError, SyntaxError, OSError, EOFError, ZlibError, NotImplementedError, RuntimeError),
    *(OverflowError, AssertionError, zlib.error),
)
_WIDEST = 1_000


def read_workbook(data: bytes) -> Book:
    """A grid per visible sheet that holds anything."""
    try:
        return _book(
            load_workbook(io.BytesIO(data), data_only=True),
            load_workbook(io.BytesIO(data)),
        )
    except _DAMAGE as damage:
        return Book(fault=Fault("workbook_damaged", {"detail": str(damage)[:200]}))


def _book(values: Workbook, formulas: Workbook) -> Book:
    book = Book()
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            book.notes.append(Note("sheet_hidden", {"sheet": sheet.title}))
            continue
        rows = _cells(sheet, formulas[sheet.title])
        if any(cell is not None for row in rows for cell in row):
            book.grids.append(Grid(sheet.title, rows))
        else:
            book.notes.append(Note("sheet_empty", {"sheet": sheet.title}))
    return book


def _cells(sheet: Worksheet, formulas: Worksheet) -> list[Sequence[object]]:
    rows: list[list[object]] = [list(row[:_WIDEST]) for row in sheet.iter_rows(values_only=True)]
    for at, row in enumerate(formulas.iter_rows(values_only=True)):
        for column, formula in enumerate(row[:_WIDEST]):
            if isinstance(formula, str) and formula.startswith("=") and rows[at][column] is None:
                rows[at][column] = formula  # never calculated: refused later, not taken for blank
    for area in sheet.merged_cells.ranges:
        _fill(rows, area.bounds)
    return [[_plain(cell) for cell in row] for row in rows]


def _fill(rows: list[list[object]], bounds: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = bounds
    if top > len(rows) or left > len(rows[top - 1]):
        return
    value = rows[top - 1][left - 1]
    for row in rows[top - 1 : bottom]:
        row[left - 1 : right] = [value] * len(row[left - 1 : right])


def _plain(cell: object) -> object:
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date()
    kept = cell is None or isinstance(cell, str | int | float | bool | date)
    return cell if kept else str(cell)

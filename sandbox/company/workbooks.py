"""Writes Excel files as people keep them: title rows, total rows; and always the same bytes."""

import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from sandbox.company.layouts import Cell, Layout

WRITTEN_AT = b"2026-11-20T00:00:00Z"
OLDEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)


def write_sheet(
    path: Path,
    layout: Layout,
    rows: list[list[Cell]],
    title: str = "",
    total_of: str = "",
) -> None:
    """One sheet: an optional title with an empty row under it, headers, rows, an optional total."""
    book, sheet = open_book(layout.sheet)
    if title:
        write_title(sheet, title, len(layout.headers))
        sheet.append([])
    sheet.append(layout.headers)
    for row in rows:
        sheet.append(row)
    if total_of:
        sheet.append(total_row(layout.headers, rows, total_of))
    save_book(book, path)


def first_row(title: str) -> int:
    """The row of the first record of a sheet written with or without a title."""
    return 4 if title else 2


def open_book(sheet_name: str) -> tuple[Workbook, Worksheet]:
    """A book with one empty sheet of that name."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_name
    return book, sheet


def write_title(sheet: Worksheet, title: str, width: int) -> None:
    """A title over the whole width of the table."""
    sheet.append([title])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)


def total_row(headers: list[str], rows: list[list[Cell]], column: str) -> list[Cell]:
    """合計, with the sum of the numbers in one column."""
    at = headers.index(column)
    total = sum(row[at] for row in rows if isinstance(row[at], int | float))  # type: ignore[misc]
    return ["合計", *[total if index == at else None for index in range(1, len(headers))]]


def save_book(book: Workbook, path: Path) -> None:
    """Saves without the time of writing, which Excel keeps in two places."""
    raw = BytesIO()
    book.save(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w") as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, OLDEST_IN_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _without_time(item.filename, source.read(item)))


def as_excel_day(day: date) -> datetime:
    """A day as a cell of Excel's own date type."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (Excel dates have no zone)


def _without_time(name: str, content: bytes) -> bytes:
    if name != "docProps/core.xml":
        return content
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", WRITTEN_AT, content)

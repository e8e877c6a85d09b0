"""CSV, TSV and their relatives.  Refuses a quote that is never closed, row by row."""

import csv
import io
from collections import Counter
from collections.abc import Sequence

from bot.ingest.fault import Fault
from bot.ingest.fold import show
from bot.ingest.grid import Book, Grid, Note
from bot.ingest.sources.encoding import decode

_DELIMITERS = ",\t;|"
_END = "\x00end of file\x00"  # a last record of our own shows whether a quote stayed open
_FIELD_LIMIT = 16 * 1024 * 1024


def read_delimited(data: bytes) -> Book:
    """One grid without a name; a fault where the bytes are no text."""
    decoded = decode(data)
    if decoded is None:
        return Book(fault=Fault("not_a_table"))
    text, notes = decoded
    return _table(text, notes)


def sniff(text: str) -> str:
    """The delimiter that parts the first lines most evenly; comma where none does."""
    lines = [line for line in text[:20_000].splitlines()[:40] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _table(text: str, notes: list[Note]) -> Book:
    lines = list(io.StringIO(text.rstrip("\x1a"), newline=""))
    told = lines[0].strip() if lines else ""
    if told.casefold().startswith("sep=") and len(told) == 5:
        lines[0] = "\n"
        delimiter = told[4]
    else:
        delimiter = sniff(text)
    grid = Grid("", [])
    _fill(grid, lines, delimiter)
    return Book([grid], notes)


def _evenness(lines: list[str], mark: str) -> tuple[float, int]:
    counts = Counter(_outside_quotes(line).count(mark) for line in lines)
    counts.pop(0, None)
    if not counts:
        return 0.0, 0
    parts, times = max(counts.items(), key=lambda each: (each[1], each[0]))
    return times / len(lines), parts


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _fill(grid: Grid, lines: list[str], delimiter: str) -> None:
    at = 0
    while at < len(lines):
        at = _read_until_open_quote(grid, lines, at, delimiter)


def _read_until_open_quote(grid: Grid, lines: list[str], start: int, delimiter: str) -> int:
    """Read records into the grid; returns the line to go on from, past a quote left open."""
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader([*lines[start:], _END], delimiter=delimiter)
    before = 0
    for cells in reader:
        if cells == [_END]:
            return len(lines)
        if reader.line_num == len(lines) - start + 1:
            return _open_quote(grid, lines, start + before, delimiter)
        grid.rows.append(cells)
        before = reader.line_num
    return len(lines)


def _open_quote(grid: Grid, lines: list[str], at: int, delimiter: str) -> int:
    cells: Sequence[object] = lines[at].rstrip("\r\n").split(delimiter)
    grid.broken[grid.first + len(grid.rows)] = Fault("quote_open", {"value": show(lines[at])})
    grid.rows.append(cells)
    return at + 1

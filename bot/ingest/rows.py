"""Which rows are data: totals, remarks, blanks and repeated headers are counted and set aside.

Refuses to drop a row silently: a ditto with nothing above and a row too long are faults.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.ingest.fault import Fault
from bot.ingest.fold import fold, is_ditto, is_missing, show
from bot.ingest.grid import Grid
from bot.ingest.header import Header, column_text
from bot.ingest.reading import Tally

_TOTAL = re.compile(
    r"(?:合計|総計|小計|計|総合計|累計|(?:grand |sub[ -]?)?totals?|sum)"
    r"(?:\s*[:：]|\s*[(（][^)）]*[)）]|\s*\d+\s*(?:件|社|名|rows)?)?|.{1,20}(?:小計|合計)"
)
_REMARK = re.compile(r"(?:※|[*＊]|注[)）:： ]|注記|note:|source:|as of |出典|備考[:：]|以上$).*")
_LOOKED_AT = 3  # total rows say so in one of their first filled cells


@dataclass(slots=True)
class Body:
    """Data rows of a sheet, dittos resolved.  `faults[i]` are (column, fault) of data row `i`."""

    numbers: list[int] = field(default_factory=list)
    rows: list[list[object]] = field(default_factory=list)
    written: list[Sequence[object]] = field(default_factory=list)
    faults: dict[int, list[tuple[int, Fault]]] = field(default_factory=dict)

    def column(self, at: int) -> list[object]:
        """Cells of a column, top to bottom."""
        return [row[at] for row in self.rows]

    def add_fault(self, row: int, column: int, fault: Fault) -> None:
        """Remember why data row `row` stays out; the same reason counts once."""
        held = self.faults.setdefault(row, [])
        if (column, fault) not in held:
            held.append((column, fault))


def sort_rows(grid: Grid, header: Header, anchor: int | None, tally: Tally) -> Body:
    """The data rows below the header; the others are counted in `tally`.

    `anchor` is the column that says whose a row is: a row that names somebody there is no total.
    """
    body, width = Body(), len(header.names)
    strict = not grid.name
    for number, cells in grid.numbered(header.body):
        tally.rows += 1
        if number in grid.broken:
            _add(body, number, cells, width)
            body.add_fault(len(body.rows) - 1, 0, grid.broken[number])
        elif not _set_aside(cells, header, anchor, tally):
            _add(body, number, cells, width)
            _check_width(body, cells, width, strict)
    return body


def _set_aside(cells: Sequence[object], header: Header, anchor: int | None, tally: Tally) -> bool:
    said = [cell for cell in cells if not is_missing(cell)]
    if not said:
        tally.blank += 1
    elif _is_total(said, cells, anchor):
        tally.totals += 1
    elif _is_remark(said) or (len(said) > 1 and _is_header(cells, header)):
        tally.remarks += 1
    else:
        return False
    return True


def _is_remark(said: list[object]) -> bool:
    return len(said) == 1 and isinstance(said[0], str) and bool(_REMARK.fullmatch(fold(said[0])))


def _is_total(said: list[object], cells: Sequence[object], anchor: int | None) -> bool:
    if not any(says_total(cell) for cell in said[:_LOOKED_AT]):
        return False
    named = cells[anchor] if anchor is not None and anchor < len(cells) else None
    return is_missing(named) or is_ditto(named) or says_total(named)


def says_total(cell: object) -> bool:
    """Whether a cell holds a word total rows begin with: 合計, Subtotal."""
    return isinstance(cell, str) and len(cell) < 40 and _is_total_word(cell)


@lru_cache(maxsize=16_384)
def _is_total_word(text: str) -> bool:
    return bool(_TOTAL.fullmatch(fold(text)))


def _is_header(cells: Sequence[object], header: Header) -> bool:
    return all(
        column_text(cell) in ("", *pair) for cell, pair in zip(cells, header.parts, strict=False)
    )


def _add(body: Body, number: int, cells: Sequence[object], width: int) -> None:
    row = [*cells[:width], *[None] * (width - len(cells))]
    above = body.rows[-1] if body.rows else None
    for at, cell in enumerate(row):
        if is_ditto(cell):
            row[at] = above[at] if above else None
            if is_missing(row[at]):
                body.add_fault(len(body.rows), at, Fault("ditto_first", {"value": show(cell)}))
    body.numbers.append(number)
    body.rows.append(row)
    body.written.append(cells)


def _check_width(body: Body, cells: Sequence[object], width: int, strict: bool) -> None:
    extra = sum(not is_missing(cell) for cell in cells[width:])
    if strict and extra:
        params = {"expected": str(width), "found": str(len(cells)), "value": show(cells[width])}
        body.add_fault(len(body.rows) - 1, 0, Fault("row_too_long", params))

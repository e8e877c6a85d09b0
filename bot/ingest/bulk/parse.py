"""A piece of a usage file to arrays: numbers typed where all are clean, else cell by cell.

Refuses no row silently: each is good, blank, a total, or carries its faults.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from bot.ingest.bulk.columns import (
    NO_DAY,
    Column,
    Floats,
    Ints,
    Recurring,
    by_distinct,
    parse_days,
    parse_numbers,
)
from bot.ingest.bulk.layout import BulkPlan
from bot.ingest.bulk.named import Named
from bot.ingest.bulk.pieces import count_lines, halves
from bot.ingest.bulk.refs import BLANK, HEADER, TOTAL, Refs
from bot.ingest.fault import Fault

_WORDS = pa.dictionary(pa.int32(), pa.string())
_BYTES = pa.dictionary(pa.int32(), pa.binary())
_NULLS = ["", "-", "―", "—", "#N/A", "N/A", "n/a", "NULL", "null", "NaN", "nan", "NAN"]
_BIGGEST = 1e15
Bools = npt.NDArray[np.bool_]
Faults = dict[int, list[tuple[str, Fault]]]


@dataclass(slots=True)
class Parsed:
    """Good rows of a piece.  `days` since 1970-01-01; `values` rows × number columns, NaN for
    nothing said; `deleted` marks wishes to delete, None where there are none.

    `faults` by row number; `blank`, `totals` and `remarks` (headers once more) count rows set
    aside; `lines` counts all.
    """

    lines: int
    rows: npt.NDArray[np.uint32]
    accounts: Ints
    metrics: Ints
    days: Ints
    values: Floats
    deleted: Bools | None = None
    faults: Faults = field(default_factory=dict)
    blank: int = 0
    totals: int = 0
    remarks: int = 0


@dataclass(slots=True)
class _Piece:
    """Columns of a piece in row order; `positions` are line indexes of its regular rows."""

    lines: int
    positions: npt.NDArray[np.int64]
    accounts: Column
    metrics: Column | None
    days: Column
    numbers: dict[str, Column]
    odd: dict[int, Fault]


class PieceParser:
    """Parses pieces of one file; keeps the numbers of accounts and metrics it has met."""

    def __init__(self, plan: BulkPlan) -> None:
        self.plan = plan
        self.accounts = Refs(plan.ref, plan.account)
        self.metrics = Refs(plan.ref, as_metric=True)
        self.named = Named(self.accounts, plan.ref)
        self._recurring = Recurring(self.accounts.number_all)
        used = [plan.account, plan.name, plan.on, plan.metric, *plan.numbers]
        self._used = [name for name in used if name]

    def parse(self, piece: bytes, first_row: int) -> list[Callable[[], Parsed]]:
        """The piece's rows, once the last step is taken, which another thread may do meanwhile.

        In several parts where one line spoils a common reading.
        """
        for typed in (True, False):
            table = self._read(piece, typed)
            if table is not None:
                return [partial(self._settle, table, first_row)]
        lines = count_lines(piece)
        if lines == 1:
            return [partial(_spoiled, piece, first_row, len(self.plan.numbers))]
        first, second = halves(piece)
        rest = self.parse(second, first_row + count_lines(first))
        return [*self.parse(first, first_row), *rest]

    def _read(self, piece: bytes, typed: bool) -> _Piece | None:
        """The piece's columns; None where this way of reading does not fit all of its lines."""
        odd: dict[int, Fault] = {}
        try:
            table = pcsv.read_csv(
                pa.py_buffer(piece),
                pcsv.ReadOptions(column_names=list(self.plan.names), use_threads=typed),
                pcsv.ParseOptions(
                    delimiter=self.plan.delimiter,
                    ignore_empty_lines=False,
                    invalid_row_handler=None if typed else _collect(odd),
                ),
                self._types(typed),
            )
        except pa.ArrowInvalid:
            return None
        lines = count_lines(piece)
        numbers = self._numbers(table, typed)
        if table.num_rows + len(odd) != lines or numbers is None:
            return None
        return self._columns(table, numbers, odd, lines)

    def _types(self, typed: bool) -> pcsv.ConvertOptions:
        types = dict.fromkeys(self._used, _WORDS if typed else _BYTES)
        if typed:
            types |= dict.fromkeys(self.plan.numbers, pa.float64())
        return pcsv.ConvertOptions(
            column_types=types,
            include_columns=self._used,
            null_values=_NULLS,
            strings_can_be_null=False,
            quoted_strings_can_be_null=True,
        )

    def _numbers(self, table: pa.Table, typed: bool) -> dict[str, Column] | None:
        if not typed:
            return {
                name: parse_numbers(table.column(name), self.plan.number)
                for name in self.plan.numbers
            }
        columns = {name: table.column(name) for name in self.plan.numbers}
        if not all(_are_counts(column) for column in columns.values()):
            return None
        return {name: Column(column.to_numpy()) for name, column in columns.items()}

    def _columns(
        self, table: pa.Table, numbers: dict[str, Column], odd: dict[int, Fault], lines: int
    ) -> _Piece:
        plan = self.plan
        metric = plan.metric
        accounts = self._recurring.take(table.column(plan.account))
        if plan.name:
            self.named.take(table.column(plan.name), accounts)
        return _Piece(
            lines,
            np.delete(np.arange(lines), sorted(odd)) if odd else np.arange(lines),
            accounts,
            by_distinct(table.column(metric), self.metrics.number_all) if metric else None,
            parse_days(table.column(plan.on), plan.day),
            numbers,
            odd,
        )

    def _settle(self, piece: _Piece, first_row: int) -> Parsed:
        """Set totals, headers and blanks aside, and rows with faults; the others are good."""
        values = np.column_stack([each.values for each in piece.numbers.values()])
        deleted = _deleted(piece.numbers, len(piece.positions))
        faults = self._column_faults(piece)
        total, header = piece.accounts.values == TOTAL, piece.accounts.values == HEADER
        blank = self._blank(piece, _said(values, deleted), faults) & ~total
        self._add_lacking(piece, _said(values, deleted), faults)
        aside = _either(_either(total, header), blank)
        faults = {at: each for at, each in faults.items() if not aside[at]}
        good: Bools | slice = slice(None)
        if aside.any() or faults:
            good = ~aside
            good[list(faults)] = False
        return Parsed(
            piece.lines,
            (piece.positions[good] + first_row).astype(np.uint32),
            piece.accounts.values[good].astype(np.int32),
            _codes(piece.metrics, good, len(piece.positions[good])),
            piece.days.values[good].astype(np.int32),
            values[good],
            None if deleted is None else deleted[good],
            _by_row(piece, faults, first_row),
            int(blank.sum()),
            int(total.sum()),
            int(header.sum()),
        )

    def _blank(self, piece: _Piece, said: Bools, faults: Faults) -> Bools:
        """Rows that say nothing: no cell at all, or in wide files no number."""
        nobody, never = piece.accounts.values == BLANK, piece.days.values == NO_DAY
        empty = nobody & never
        if piece.metrics:
            empty &= piece.metrics.values == BLANK
        else:
            empty |= (piece.accounts.values >= 0) & (piece.days.values > NO_DAY)
        blank: Bools = np.logical_and(~said, empty)
        blank[list(faults)] = False
        return blank

    def _column_faults(self, piece: _Piece) -> Faults:
        plan = self.plan
        named = [(plan.account, piece.accounts), (plan.on, piece.days), *piece.numbers.items()]
        if plan.metric and piece.metrics:
            named.append((plan.metric, piece.metrics))
        faults: Faults = {}
        for name, column in named:
            for at, fault in column.faults.items():
                faults.setdefault(at, []).append((name, fault))
        return faults

    def _add_lacking(self, piece: _Piece, said: Bools, faults: Faults) -> None:
        """Add what rows must not leave blank, where the cell is not at fault already."""
        plan = self.plan
        lacking = [("account_ref", plan.account, piece.accounts.values == BLANK)]
        lacking.append(("on", plan.on, piece.days.values == NO_DAY))
        if plan.metric and plan.value and piece.metrics:
            unread = np.isin(np.arange(len(said)), list(piece.numbers[plan.value].faults))
            lacking.append(("value", plan.value, ~said & ~unread))
            lacking.append(("metric", plan.metric, piece.metrics.values == BLANK))
        for field_name, name, missing in lacking:
            for at in np.flatnonzero(missing):
                fault = Fault("missing", {"field": field_name})
                faults.setdefault(int(at), []).append((name, fault))


def _are_counts(column: pa.ChunkedArray) -> bool:
    """Whether all numbers of a typed column can be numbers of use."""
    ends = pc.min_max(column).as_py()
    return ends["min"] is None or (ends["min"] >= 0 and ends["max"] <= _BIGGEST)


def _said(values: Floats, deleted: Bools | None) -> Bools:
    said: Bools = np.logical_or.reduce(~np.isnan(values), axis=1)
    return said if deleted is None else _either(said, np.logical_or.reduce(deleted, axis=1))


def _either(one: Bools, two: Bools) -> Bools:
    both: Bools = np.logical_or(one, two)
    return both


def _codes(column: Column | None, good: Bools | slice, rows: int) -> Ints:
    if column is None:
        return np.zeros(rows, np.int32)
    return column.values[good].astype(np.int32)


def _deleted(numbers: dict[str, Column], rows: int) -> Bools | None:
    if all(each.deleted is None for each in numbers.values()):
        return None
    marks = np.zeros((rows, len(numbers)), bool)
    for at, column in enumerate(numbers.values()):
        if column.deleted is not None:
            marks[column.deleted, at] = True
    return marks


def _by_row(piece: _Piece, faults: Faults, first_row: int) -> Faults:
    found = {int(piece.positions[at]) + first_row: each for at, each in faults.items()}
    return found | {at + first_row: [("", fault)] for at, fault in piece.odd.items()}


def _collect(odd: dict[int, Fault]) -> object:
    def handle(row: pcsv.InvalidRow) -> str:
        params = {"expected": str(row.expected_columns), "found": str(row.actual_columns)}
        code = "row_too_long" if row.actual_columns > row.expected_columns else "row_too_short"
        odd[row.number - 1] = Fault(code, {**params, "value": str(row.text)[:80]})
        return "skip"

    return handle


def _spoiled(piece: bytes, row: int, width: int) -> Parsed:
    none = np.zeros(0, np.int32)
    text = piece.decode("utf-8", "replace").strip()[:80]
    faults: Faults = {row: [("", Fault("row_unreadable", {"value": text}))]}
    return Parsed(1, none.astype(np.uint32), none, none, none, np.zeros((0, width)), None, faults)

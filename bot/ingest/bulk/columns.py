"""Columns of a piece by their distinct cells: each is parsed once, however often it is there.

Refuses nothing: faults come back by row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from bot.ingest.fault import Fault
from bot.ingest.fold import is_missing
from bot.ingest.parse import parse_cell
from bot.ingest.values.setting import Setting

NO_DAY = -(2**31)
_EPOCH = date(1970, 1, 1).toordinal()
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(slots=True)
class Column:
    """A value per row, NaN where nothing is said; `faults` by row index, `deleted` row indexes."""

    values: Floats
    faults: dict[int, Fault] = field(default_factory=dict)
    deleted: npt.NDArray[np.int64] | None = None


class Recurring:
    """A column whose next piece mostly holds the cells of the last one: ids of accounts.

    What the last piece's cells came to is found again without making texts of them.
    """

    def __init__(self, parse: Callable[[list[str]], Sequence[float | Fault]]) -> None:
        self._parse = parse
        self._cells: pa.Array | None = None
        self._values = np.zeros(0)

    def take(self, column: pa.ChunkedArray) -> Column:
        """The values of a piece, as of `by_distinct`."""
        dictionary, codes = _coded(column)
        if not len(dictionary):
            return Column(np.full(len(codes), np.nan))
        if self._cells is not None and self._cells.type == dictionary.type:
            at = pc.index_in(dictionary, value_set=self._cells)
            if at.null_count == 0:
                return Column(self._values[at.to_numpy()][codes])
        outcomes = self._parse(_texts(dictionary))
        if any(isinstance(each, Fault) for each in outcomes):
            return _with_faults(outcomes, codes)
        self._cells, self._values = dictionary, np.array(outcomes, dtype=np.float64)
        return Column(self._values[codes])


def distinct(column: pa.ChunkedArray) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The different texts of a dictionary column, and which of them each row holds."""
    dictionary, codes = _coded(column)
    return _texts(dictionary), codes


def _coded(column: pa.ChunkedArray) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    cells = column.combine_chunks()
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.unify_dictionaries().combine_chunks()
    return cells.dictionary, cells.indices.fill_null(0).to_numpy(zero_copy_only=False)


def _texts(dictionary: pa.Array) -> list[str]:
    texts: list[str] = dictionary.to_pylist()
    if pa.types.is_binary(dictionary.type):
        return [text.decode("utf-8", "replace") for text in dictionary.to_pylist()]
    return texts


def by_distinct(
    column: pa.ChunkedArray, parse: Callable[[list[str]], Sequence[float | Fault]]
) -> Column:
    """Values of a dictionary column, whose distinct cells are handed to `parse` together."""
    texts, codes = distinct(column)
    if not texts:
        return Column(np.full(len(codes), np.nan))
    outcomes = parse(texts)
    try:
        return Column(np.array(outcomes, dtype=np.float64)[codes])
    except TypeError:
        return _with_faults(outcomes, codes)


def _with_faults(outcomes: Sequence[float | Fault], codes: npt.NDArray[np.int64]) -> Column:
    faulty = {at: each for at, each in enumerate(outcomes) if isinstance(each, Fault)}
    numbers = np.array([np.nan if isinstance(each, Fault) else each for each in outcomes])
    rows = np.flatnonzero(np.isin(codes, list(faulty)))
    return Column(numbers[codes], {int(at): faulty[int(codes[at])] for at in rows})


def parse_days(column: pa.ChunkedArray, setting: Setting) -> Column:
    """Days since 1970-01-01, NO_DAY where the cell is blank."""

    def parse(text: str) -> float | Fault:
        day = None if is_missing(text) else parse_cell(text, setting)
        if isinstance(day, Fault):
            return day
        return day.toordinal() - _EPOCH if isinstance(day, date) else NO_DAY

    return by_distinct(column, lambda texts: [parse(text) for text in texts])


def parse_numbers(column: pa.ChunkedArray, setting: Setting) -> Column:
    """Numbers; the wish to delete is NaN and listed."""

    def parse(text: str) -> float | Fault:
        if text.isdigit() and text.isascii() and len(text) < 15:
            return float(text)
        number = None if is_missing(text) else parse_cell(text, setting)
        if isinstance(number, Fault):
            return number
        return _DELETED if number != number else float(str(np.nan if number is None else number))

    found = by_distinct(column, lambda texts: [parse(text) for text in texts])
    gone = np.flatnonzero(found.values == _DELETED)
    if gone.size:
        found.values[gone], found.deleted = np.nan, gone
    return found


# Numbers of use are never negative, so one can stand for the wish to delete on the way.
_DELETED = -1.0

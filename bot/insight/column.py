"""Raw cells of a table to numbers: numbers, dates, two words, categories.

Refuses nothing: a cell that does not read as its column's kind is missing, and counted.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
import pandas as pd

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Whole = np.ndarray[tuple[int], np.dtype[np.int64]]

# A column with fewer readable cells than this share is words, not numbers with slips.
_MOSTLY = 0.95
_MOST = 1e100
_SIGNS = str.maketrans("", "", ",_¥\\$€£円%％ \u00a0")
_DAY = r"^\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?(?:[ T]\d{1,2}:\d{2}.*)?$"

_YES = frozenset(
    {"yes", "y", "true", "t", "1", "1.0", "はい", "有", "有り", "あり", "○", "◯", "churned"}
    | {"churn", "lost", "left", "cancelled", "canceled", "解約", "解約済", "解約済み", "退会"}
)
_NO = frozenset(
    {"no", "n", "false", "f", "0", "0.0", "いいえ", "無", "無し", "なし", "×", "renewed", "kept"}
    | {"active", "stayed", "retained", "継続", "継続中", "更新", "契約中", "利用中"}
)


class Kind(StrEnum):
    """How a column's values are to be read."""

    NUMBER = "number"
    DATE = "date"
    YESNO = "yesno"
    CATEGORY = "category"
    EMPTY = "empty"


@dataclass(frozen=True)
class Column:
    """One column, a float per row; NaN is missing.

    A date is its day number from 1970-01-01. Of two words the one that says yes (else the later
    in order) is 1, the other 0. A category is the index into `levels`. `unreadable` counts
    cells that held something, but nothing of the column's kind.
    """

    name: str
    kind: Kind
    values: Floats
    levels: tuple[str, ...] = ()
    unreadable: int = 0

    @property
    def known(self) -> Flags:
        """Which rows have a value."""
        return ~np.isnan(self.values)

    def take(self, rows: Flags | Whole) -> "Column":
        """The same column for some of the rows."""
        return Column(self.name, self.kind, self.values[rows], self.levels, self.unreadable)


def read_column(name: str, cells: pd.Series, learn: Flags | None = None) -> Column:
    """The column as its kind; kind and levels are learnt from the rows of `learn` alone.

    Numbers may be text with spaces, thousands marks, a currency or a percent sign; dates year
    first. A level that only rows outside `learn` have is missing there.
    """
    learn = np.ones(len(cells), dtype=bool) if learn is None else learn
    if pd.api.types.is_bool_dtype(cells.dtype) or pd.api.types.is_numeric_dtype(cells.dtype):
        return _of_numbers(name, cells.to_numpy(dtype=float, na_value=np.nan), 0)
    words = as_words(cells)
    held = words[learn & words.notna().to_numpy()]
    if held.empty:
        return Column(name, Kind.EMPTY, np.full(len(cells), np.nan))
    if _numbers(held).notna().mean() >= _MOSTLY:
        return _read(name, Kind.NUMBER, words, _numbers(words))
    if held.str.match(_DAY).mean() >= _MOSTLY:
        return _read(name, Kind.DATE, words, _days(words))
    return _of_words(name, words, held)


def _of_numbers(name: str, values: Floats, unreadable: int) -> Column:
    values = _usable(values)
    kind = Kind.NUMBER if (~np.isnan(values)).any() else Kind.EMPTY
    return Column(name, kind, values, (), unreadable)


def _read(name: str, kind: Kind, words: pd.Series, read: pd.Series) -> Column:
    unreadable = int((words.notna() & read.isna()).sum())
    values = _usable(read.to_numpy(dtype=float, na_value=np.nan))
    return Column(name, kind, values, (), unreadable)


def _usable(values: Floats) -> Floats:
    """Without what is no figure of a customer: infinite, or so large that its square is."""
    return np.where(np.abs(values) < _MOST, values, np.nan)


def _of_words(name: str, words: pd.Series, held: pd.Series) -> Column:
    levels = sorted(held.unique())
    kind = Kind.CATEGORY
    if len(levels) == 2:
        kind = Kind.YESNO
        levels = levels[::-1] if says_yes(levels[0]) or says_no(levels[1]) else levels
    place = {level: float(at) for at, level in enumerate(levels)}
    values = words.map(place).to_numpy(dtype=float, na_value=np.nan)
    unreadable = int((words.notna().to_numpy() & np.isnan(values)).sum())
    return Column(name, kind, values, tuple(levels), unreadable)


def says_yes(word: str) -> bool:
    """Whether a word tells that something happened: yes, 1, true, はい, churned."""
    return unicodedata.normalize("NFKC", word).strip().casefold() in _YES


def says_no(word: str) -> bool:
    """Whether a word tells that it did not."""
    return unicodedata.normalize("NFKC", word).strip().casefold() in _NO


def as_words(cells: pd.Series) -> pd.Series:
    """Cells as stripped text, blanks missing; whole numbers without a decimal point."""
    return pd.Series([_word(cell) for cell in cells], index=cells.index, dtype="str")


def _word(cell: object) -> str | None:
    if cell is None or cell != cell or cell is pd.NaT:
        return None
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = " ".join(str(cell).split())
    return text or None


def _numbers(words: pd.Series) -> pd.Series:
    return words.map({word: _number(word) for word in words.dropna().unique()}).astype(float)


@lru_cache(maxsize=65_536)
def _number(word: str) -> float:
    plain = unicodedata.normalize("NFKC", word).translate(_SIGNS).replace("−", "-")
    if plain.startswith(("△", "▲")):
        plain = "-" + plain[1:]
    try:
        return float(plain) if plain[:1] in "+-.0123456789" else float("nan")
    except ValueError:
        return float("nan")


def _days(words: pd.Series) -> pd.Series:
    """Day numbers; a month is its first day."""
    plain = words.str.replace(r"[年月/.]", "-", regex=True).str.replace("日", "", regex=False)
    plain = plain.str.rstrip("-").str.slice(0, 10).str.replace(r"[ T].*$", "", regex=True)
    full = plain.where(~plain.str.fullmatch(r"\d{4}-\d{1,2}").fillna(False), plain + "-01")
    read = pd.to_datetime(full, errors="coerce", format="%Y-%m-%d")
    return (read - pd.Timestamp(1970, 1, 1)).dt.days.astype(float)

"""Folding of words for comparison: width, case, punctuation.  Refuses to change stored values."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# What people and exporting tools write where nothing is known.
_MISSING = frozenset(
    {"", "-", "--", "‐", "‑", "–", "—", "―", "─", "−", "ー", "#n/a", "n/a", "#null!", "null"}
    | {"(null)", "<null>", "nil", "none", "nan", "(blank)", "(空白)", "未入力", "未設定"}
)
_DITTO = frozenset({"同上", "〃", "″", "〻", "々", '"', "ditto", "do."})


def fold(text: str) -> str:
    """NFKC, case folded, outer blanks removed."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


@lru_cache(maxsize=8192)
def fold_word(text: str) -> str:
    """`fold` with everything but letters and digits removed: `Account ID` is `accountid`."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def is_missing(cell: object) -> bool:
    """Whether a cell says nothing: blank, a dash, #N/A, null."""
    if isinstance(cell, str):
        return len(cell) < 10 and _says_nothing(cell)
    return cell is None or cell != cell


@lru_cache(maxsize=16_384)
def _says_nothing(text: str) -> bool:
    return fold(text) in _MISSING


def is_ditto(cell: object) -> bool:
    """Whether a cell repeats the one above: 同上, 〃, ditto."""
    return isinstance(cell, str) and len(cell) < 8 and cell.strip().casefold() in _DITTO


def as_written(cell: object) -> str:
    """A cell as text, whole."""
    return "" if cell is None else str(cell)


def show_words(words: Iterable[str], locale: str = "en") -> str:
    """The first three words of one language, as an example of what is understood."""
    told = [word for word in words if word.isascii() == (locale == "en")]
    return " / ".join(told[:3])


def show(cell: object) -> str:
    """A cell as a person would recognise it in the file, at most 80 characters."""
    text = as_written(cell)
    return text if len(text) <= 80 else text[:79] + "…"

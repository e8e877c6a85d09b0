"""Where the header is, in one row or two, and how its words can be spelled.

Refuses to take a row of data for a header: without a known word the first all-text row is it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.ingest.fold import fold, fold_word, is_missing
from bot.ingest.grid import Grid
from bot.ingest.metrics import known_metric
from bot.ingest.registry import list_kinds

_DEEPEST = 20  # rows of titles above a header; reports seldom have more than ten
_BRACKETS = re.compile(r"[(（\[【<][^)）\]】>]*[)）\]】>]")
_UNITS = re.compile(
    r"[\s_・/-]*(?:(?:百万|千|万|億)?円|jpy|usd|eur|税込み?|税抜き?|税別|k?usd|monthly|annual)$"
)
_UNIT_ONLY = re.compile(r"[(（\[]?(?:(?:百万|千|万|億)?円|人|名|件|回|席|%|jpy|usd)[)）\]]?")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Header:
    """`names` are unique column titles; `parts` their upper and lower halves (upper "" in one row).

    `body` is the index of the first row below; `title` the text above the header.
    """

    names: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    body: int
    title: str


def find_header(grid: Grid) -> Header | None:
    """The grid's header; None where no row can be one."""
    rows = grid.rows[:_DEEPEST]
    best: tuple[float, int, int] = (0.0, 0, 0)
    for at in range(len(rows)):
        if grid.first + at in grid.broken:
            continue
        best = max(best, (_known(_pairs(rows, at, 1)), -at, 1), key=_first_best)
        if at + 1 < len(rows) and _two_rows(rows, at):
            best = max(best, (_known(_pairs(rows, at, 2)) + 0.5, -at, 2), key=_first_best)
    score, at, height = best
    if score == 0:
        return _unknown_words(grid)
    return _header(grid, -at, height)


def column_text(cell: object) -> str:
    """A header cell as one line."""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if cell is None or is_missing(cell):
        return ""
    text = unicodedata.normalize("NFC", str(cell))
    joined = re.sub(r"(?<![ -~])\s*\n\s*|\s*\n\s*(?![ -~])", "", text)
    return " ".join(joined.split())


def spellings(upper: str, lower: str) -> tuple[str, ...]:
    """Folded spellings of a header, the fullest first; a unit or a bracket may be left out."""
    texts = [f"{upper}{lower}", lower, upper] if upper else [lower]
    found = [spelling for text in texts for spelling in _less(text)]
    return tuple(dict.fromkeys(spelling for spelling in found if spelling))


@cache
def _known_words() -> frozenset[str]:
    return frozenset(
        fold_word(word) for kind in list_kinds() for field in kind.fields for word in field.words
    )


def is_known(upper: str, lower: str) -> bool:
    """Whether some kind has a field of this name, or it is a standard metric."""
    known = _known_words()
    return any(each in known for each in spellings(upper, lower)) or bool(known_metric(lower))


def _first_best(candidate: tuple[float, int, int]) -> tuple[float, int]:
    return candidate[0], candidate[1]


def _less(text: str) -> list[str]:
    plain = fold(text)
    bare = _BRACKETS.sub("", plain)
    last = plain.rpartition(".")[2]  # nested JSON: properties.subject
    return [fold_word(plain), fold_word(bare), fold_word(_UNITS.sub("", bare)), fold_word(last)]


def _pairs(rows: Sequence[Sequence[object]], at: int, height: int) -> list[tuple[str, str]]:
    lower = [column_text(cell) for cell in rows[at + height - 1]]
    if height == 1:
        return [("", text) for text in lower]
    upper = _carried([column_text(cell) for cell in rows[at]], len(lower))
    lower += [""] * (len(upper) - len(lower))
    return [_pair(*both) for both in zip(upper, lower, strict=True)]


def _pair(upper: str, lower: str) -> tuple[str, str]:
    if not lower or upper == lower:
        return "", upper
    return upper, lower


def _carried(texts: list[str], width: int) -> list[str]:
    """Titles of a group stand over its first column only; carry them to the right."""
    carried, last = [], ""
    for text in [*texts, *[""] * (width - len(texts))]:
        last = text or last
        carried.append(last)
    return carried


def _known(pairs: list[tuple[str, str]]) -> float:
    names = {(upper, lower) for upper, lower in pairs if lower and is_known(upper, lower)}
    return float(len(names))


def _two_rows(rows: Sequence[Sequence[object]], at: int) -> bool:
    """Whether the row at `at` and the next read as one header: words over words or over units."""
    upper = [column_text(cell) for cell in rows[at]]
    lower = [column_text(cell) for cell in rows[at + 1]]
    said = [text for text in lower if text]
    if len({text for text in upper if text}) < 2 or not said or any(map(_has_digit, said)):
        return False
    if all(_UNIT_ONLY.fullmatch(fold(text)) for text in said):
        return True
    below = sum(is_known("", text) or bool(_UNIT_ONLY.fullmatch(fold(text))) for text in said)
    joined = _pairs(rows, at, 2)
    more = _known(joined) > max(_known(_pairs(rows, at, 1)), _known(_pairs(rows, at + 1, 1)))
    return not any(map(_has_digit, upper)) and (more or 2 * below >= len(said))


def _has_digit(text: str) -> bool:
    return bool(_DIGIT.search(text)) or "@" in text


def _unknown_words(grid: Grid) -> Header | None:
    for at, row in enumerate(grid.rows[:_DEEPEST]):
        texts = [column_text(cell) for cell in row if not is_missing(cell)]
        all_text = all(isinstance(cell, str) for cell in row if not is_missing(cell))
        if len(texts) >= 2 and all_text and not any(text[0].isdigit() for text in texts if text):
            return _header(grid, at, 1)
    return None


def _header(grid: Grid, at: int, height: int) -> Header:
    pairs = _pairs(grid.rows, at, height)
    if grid.name:
        width = max(len(row) for row in grid.rows[at:])
        pairs += [("", "")] * (width - len(pairs))
    else:  # cells beyond the last title of a text file come from a stray delimiter
        while pairs and not any(pairs[-1]):
            pairs.pop()
    above = [column_text(cell) for row in grid.rows[:at] for cell in row]
    names = _unique([" ".join(filter(None, pair)) for pair in pairs])
    return Header(names, tuple(pairs), at + height, " ".join(filter(None, above)))


def _unique(names: list[str]) -> tuple[str, ...]:
    unique: list[str] = []
    taken: set[str] = set()
    for at, name in enumerate(names, 1):
        text, again = name or f"#{at}", 2
        while text in taken:
            text, again = f"{name or f'#{at}'} ({again})", again + 1
        taken.add(text)
        unique.append(text)
    return tuple(unique)

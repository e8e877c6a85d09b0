"""Which kind of fact a sheet holds, by its columns and its name.

Refuses to decide between two kinds that fit about equally: a person is asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.ingest.fields import Kind, Shape
from bot.ingest.fold import fold, fold_word
from bot.ingest.grid import Grid
from bot.ingest.header import Header
from bot.ingest.mapping import map_columns, own_words
from bot.ingest.metrics import known_metric
from bot.ingest.registry import list_kinds
from bot.ingest.usage_columns import day_columns, find_metrics

_SAMPLE = 60
_NAME_SPEAKS = 0.3  # a sheet called 契約 with half the columns beats an unnamed one with 80 %
_TOO_NEAR = 0.08
_LEAST = 0.2  # exports of vendors have twenty columns of which four matter
_UNKNOWN_METRIC = 0.6  # any number can be a metric, so such a column is weaker evidence


@dataclass(frozen=True, slots=True)
class Guess:
    """How well a kind fits; `columns` are the fields its header words give."""

    kind: Kind
    score: float
    columns: Mapping[int, str]


def guess_kinds(grid: Grid, header: Header, saved: Mapping[str, str], name: str) -> list[Guess]:
    """Kinds that fit at all, the best first.  `name` is that of sheet and file."""
    guesses = [_guess(kind, grid, header, saved, name) for kind in list_kinds()]
    return sorted((each for each in guesses if each), key=lambda each: -each.score)


def is_clear(guesses: Sequence[Guess]) -> bool:
    """Whether the best guess stands alone."""
    if guesses[0].score < _LEAST:
        return False
    return len(guesses) == 1 or guesses[0].score - guesses[1].score >= _TOO_NEAR


def lacks(kind: Kind, held: set[str]) -> Iterator[str]:
    """First field of each required group that no column gives."""
    for group in kind.required:
        if not any(name in held or kind.stand_ins.get(name) in held for name in group):
            yield group[0]


def _guess(
    kind: Kind, grid: Grid, header: Header, saved: Mapping[str, str], name: str
) -> Guess | None:
    columns = map_columns(header, kind, own_words(saved, kind))
    held = set(columns.values())
    weight = float(sum(value in kind.names() for value in columns.values()))
    if kind.shape is Shape.USAGE:
        extra = _usage_weight(kind, grid, header, columns)
        if extra is None:
            return None
        weight += extra
    elif any(lacks(kind, held)) or (kind.marks and not held & set(kind.marks)):
        return None
    columns_said = sum(bool(upper or lower) for upper, lower in header.parts)
    spoken = _NAME_SPEAKS if _speaks(kind, name) else 0.0
    return Guess(kind, weight / max(1, columns_said) + spoken, columns)


def _usage_weight(
    kind: Kind, grid: Grid, header: Header, columns: Mapping[int, str]
) -> float | None:
    """Weight of metric or day columns; None where the sheet cannot be usage of this kind."""
    held = set(columns.values())
    if any(missing == "account_ref" for missing in lacks(kind, held)):
        return None
    period = kind.required[1][0]
    days = day_columns(header, period)
    if len(days) >= 2 and period not in held:
        return float(len(days))
    if period not in held:
        return None
    if {"metric", "value"} <= held:
        return 0.5
    metrics = find_metrics(header, columns, grid.rows[header.body : header.body + _SAMPLE])
    if not metrics:
        return None
    known = sum(known_metric(header.names[at]) is not None for at in metrics)
    return known + _UNKNOWN_METRIC * (len(metrics) - known)


def _speaks(kind: Kind, name: str) -> bool:
    plain = fold(name)
    folded = fold_word(name)
    return any(fold_word(word) in folded or fold(word) in plain for word in kind.words)

"""Which column is which field.  Refuses daring guesses: one field per column, near words only."""

import hashlib
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.ingest.fields import Kind
from bot.ingest.fold import fold_word
from bot.ingest.header import Header, spellings

IGNORED = ""  # a saved mapping says so of columns nobody wants
METRIC = "metric:"  # before a metric's name, for columns that hold one

_NEAR = 92  # "renewal dates" for "renewal date"; 90 would take "owner id" for "owner in"
_SHORTEST = 6


def map_columns(header: Header, kind: Kind, saved: Mapping[str, str]) -> dict[int, str]:
    """Column index to field name (or `metric:NAME`, or ignored); `saved` wins by header text."""
    mapped = {at: saved[name] for at, name in enumerate(header.names) if name in saved}
    for candidates in _ranked(header):
        _assign(candidates, _lookup(kind), mapped)
    _assign_near(header, kind, mapped)
    return mapped


def own_words(saved: Mapping[str, str], kind: Kind) -> dict[str, str]:
    """Of saved columns those that this kind can have: its fields, metrics, and ignored ones."""
    known = set(kind.names())
    return {
        header: name
        for header, name in saved.items()
        if name == IGNORED or name in known or name.startswith(METRIC)
    }


def fingerprint(headers: Sequence[Header]) -> str:
    """16 hex digits for the set of headers, whatever their order: the same source next month."""
    folded = sorted("|".join(sorted(map(fold_word, header.names))) for header in headers)
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()[:16]


def _lookup(kind: Kind) -> dict[str, str]:
    known: dict[str, str] = {}
    for field in kind.fields:
        for word in (field.name, *field.words):
            known.setdefault(fold_word(word), field.name)
    return known


def _ranked(header: Header) -> list[dict[int, str]]:
    """Spellings of all columns, the fullest of each first: an exact word beats a shortened one."""
    columns = [spellings(*parts) for parts in header.parts]
    depth = max(map(len, columns), default=0)
    return [
        {at: words[rank] for at, words in enumerate(columns) if rank < len(words)}
        for rank in range(depth)
    ]


def _assign(
    candidates: Mapping[int, str], known: Mapping[str, str], mapped: dict[int, str]
) -> None:
    for at, word in candidates.items():
        name = known.get(word)
        if at not in mapped and name is not None and name not in mapped.values():
            mapped[at] = name


def _assign_near(header: Header, kind: Kind, mapped: dict[int, str]) -> None:
    known = {
        word: name
        for word, name in _lookup(kind).items()
        if name not in mapped.values() and len(word) >= _SHORTEST
    }
    for at, parts in enumerate(header.parts):
        if at in mapped or not known:
            continue
        near = process.extractOne(
            fold_word("".join(parts)), known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        if near and known[near[0]] not in mapped.values():
            mapped[at] = known[near[0]]

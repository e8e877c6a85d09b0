"""The broken rows real exports have, put in on purpose, and the list of where they stand."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.company.layouts import Cell
from sandbox.company.sources import read_catalogue

Rows = list[list[Cell]]


@dataclass
class Ledger:
    """What was put where: entries with file, sheet, row (as the file counts, from 1), column,
    value, fate (refused, ignored, duplicate or unlinked) and why."""

    entries: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Where rows come to stand: the file, its sheet if any, and the row of the first of them."""

    path: str
    first_row: int
    sheet: str = ""


def add_dirt(key: str, headers: list[str], rows: Rows, place: Place, ledger: Ledger) -> Rows:
    """The rows with the catalogue's dirt for `key` put in, each entered in the ledger.

    Raises IndexError when the catalogue names a row the file does not have.
    """
    behind: dict[int, list[dict[str, Any]]] = {}
    for spot in read_catalogue("dirt"):
        if spot["file"] == key:
            behind.setdefault(spot["at"] % len(rows), []).append(spot)
    dirty: Rows = []
    for index, row in enumerate(rows):
        dirty.append(row)
        for spot in behind.pop(index, []):
            dirty.append(_spoil(headers, row, spot["change"]))
            _enter(ledger, place, len(dirty) - 1, headers, dirty[-1], spot)
    return dirty


def _spoil(headers: list[str], row: list[Cell], change: dict[str, Cell] | str) -> list[Cell]:
    if change == "header":
        return list(headers)
    if change == "blank":
        return [""] * len(headers)
    assert isinstance(change, dict)
    unknown = set(change) - set(headers)
    if unknown:
        raise ValueError(f"dirt names columns the file does not have: {sorted(unknown)}")
    return [change.get(header, cell) for header, cell in zip(headers, row, strict=True)]


def _enter(
    ledger: Ledger,
    place: Place,
    index: int,
    headers: list[str],
    row: list[Cell],
    spot: dict[str, Any],
) -> None:
    ledger.entries.append(
        {
            "file": place.path,
            "sheet": place.sheet,
            "row": place.first_row + index,
            "column": spot["column"],
            "value": str(row[headers.index(spot["column"])]),
            "fate": spot["fate"],
            "why": spot["why"],
        }
    )

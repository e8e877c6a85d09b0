"""Reads the sample's files the dumbest way there is: raw cells, and the row they stand in."""

import csv
import io
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Cells = list[Any]


@lru_cache(maxsize=64)
def read_cells(path: Path, encoding: str = "utf-8", sheet: str = "") -> list[Cells]:
    """Every row as it stands; the first row of the file is at index 0."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        chosen = book[sheet] if sheet else book.worksheets[0]
        return [list(row) for row in chosen.iter_rows(values_only=True)]
    text = path.read_bytes().decode(encoding)
    if path.suffix == ".jsonl":
        facts = [json.loads(line) for line in text.splitlines()]
        return [list(facts[0]), *[list(fact.values()) for fact in facts]]
    delimiter = "\t" if path.suffix == ".tsv" else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def read_table(folder: Path, entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of a file of the manifest by header; headers are the row that starts with one."""
    rows = read_cells(folder / entry["path"], entry["encoding"])
    top = find_header(rows)
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


def find_header(rows: list[Cells]) -> int:
    """The first row without an empty cell at either end, but a title stands alone in its row."""
    return next(index for index, row in enumerate(rows) if row[0] and row[1] and row[2])


def list_files(manifest: dict[str, Any], kind: str, future: bool = False) -> Iterator[Any]:
    """The manifest's entries of one kind, from the history or from the days ahead."""
    for entry in manifest["files"]:
        if entry["kind"] == kind and entry["path"].startswith("future/") == future:
            yield entry


def read_kind(
    folder: Path, manifest: dict[str, Any], kind: str, future: bool = False
) -> list[dict[str, Any]]:
    """All records of a kind, dirt included."""
    files = list_files(manifest, kind, future)
    return [row for entry in files for row in read_table(folder, entry)]

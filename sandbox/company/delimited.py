"""Writes plain text files: comma or tab separated in any encoding, and JSON lines."""

import csv
import io
import json
from pathlib import Path

from sandbox.company.layouts import Cell, Layout


def write_text(path: Path, layout: Layout, rows: list[list[Cell]]) -> None:
    """The rows under their headers, in the layout's encoding and form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _as_lines(layout, rows) if layout.suffix == "jsonl" else _as_table(layout, rows)
    path.write_bytes(text.encode(layout.encoding))


def _as_table(layout: Layout, rows: list[list[Cell]]) -> str:
    out = io.StringIO()
    # Exports of Windows programs end their lines as Windows does.
    ending = "\r\n" if layout.encoding == "cp932" else "\n"
    delimiter = "\t" if layout.suffix == "tsv" else ","
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
    writer.writerow(layout.headers)
    writer.writerows(rows)
    return out.getvalue()


def _as_lines(layout: Layout, rows: list[list[Cell]]) -> str:
    facts = [dict(zip(layout.headers, row, strict=True)) for row in rows]
    return "".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts)

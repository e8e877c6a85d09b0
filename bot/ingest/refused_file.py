"""Refused rows as a file people can mend and drop again.

Refuses to leave out a column: what came in goes out, with where it was and why it stayed out.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

from bot.core.say import Say
from bot.ingest.reading import Refusal, RefusedRow

TEMPLATE = "ingest_report"


def write_refused(rows: Iterable[RefusedRow], path: Path, say: Say) -> int:
    """Write CSV (UTF-8 with BOM, as Excel needs it) of the rows; returns how many.

    Columns are those of all sheets in order of appearance, then row, sheet and reason, under
    headings the reader leaves out when the file comes back.
    """
    held = list(rows)
    columns = list(dict.fromkeys(name for row in held for name in row.cells))
    headings = [say(TEMPLATE, name) for name in ("heading_row", "heading_sheet", "heading_reason")]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, *headings])
        for row in held:
            cells = [_inert(row.cells.get(name, "")) for name in columns]
            writer.writerow([*cells, row.row, row.sheet, reason(row, say)])
    return len(held)


def reason(row: RefusedRow, say: Say) -> str:
    """All reasons of a row, as sentences of one language."""
    return " ".join(
        _unescaped(say(TEMPLATE, "reason", **_whole(each, say))) for each in row.refusals
    )


def _whole(refusal: Refusal, say: Say) -> dict[str, str]:
    sentence = _unescaped(say(TEMPLATE, refusal.code, **refusal.params))
    return {"column": refusal.column, "sentence": sentence, "mend": refusal.mend or ""}


def _unescaped(text: str) -> str:
    """A voice escapes for Slack; a file is read as it is."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _inert(cell: str) -> str:
    """Excel runs cells that begin like a formula; a leading apostrophe keeps them text."""
    return f"'{cell}" if cell[:1] in ("=", "@") else cell

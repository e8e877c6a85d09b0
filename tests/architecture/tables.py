"""Tables of the documents, made from the registries.  Refuses marks that no table is known for.

`python -m tests.architecture.tables` writes them anew between the marks of every document; a test
fails when one is stale.
"""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.architecture.source import ROOT, list_files
from tests.architecture.tables_of_health import list_health, list_measures
from tests.architecture.tables_of_imports import list_fields, list_kinds_of_fact, list_refusals
from tests.architecture.tables_of_playbooks import list_playbooks, list_signals
from tests.architecture.tables_of_rooms import list_commands, list_jobs, list_rooms
from tests.architecture.tables_of_rows import list_coverage

Rows = Iterable[tuple[str, ...]]

# Name in the mark → rows, the first being the headings, in a language.
TABLES: dict[str, Callable[[str], Rows]] = {
    "commands": list_commands,
    "coverage": list_coverage,
    "fields": list_fields,
    "health": list_health,
    "jobs": list_jobs,
    "kinds": list_kinds_of_fact,
    "measures": list_measures,
    "playbooks": list_playbooks,
    "refusals": list_refusals,
    "rooms": list_rooms,
    "signals": list_signals,
}
_MARKED = re.compile(
    r"(<!-- table (\w+) (ja|en) -->\n).*?(<!-- end of table -->)", re.DOTALL | re.MULTILINE
)


def render(rows: Rows) -> str:
    """Rows as a table in Markdown; a row of one cell is the heading of a table of its own."""
    heads, *others = rows
    lines: list[str] = []
    for row in others:
        if len(row) == 1:
            lines += [*([""] if lines else []), f"**{row[0]}**", "", *_head(heads)]
        else:
            lines += [*([] if lines else _head(heads)), _line(row)]
    return "\n".join(lines) + "\n"


def _head(cells: tuple[str, ...]) -> list[str]:
    return [_line(cells), "|" + "---|" * len(cells)]


def _line(cells: tuple[str, ...]) -> str:
    shown = (cell.replace("\n", " ").replace("|", "\\|").strip() for cell in cells)
    return f"| {' | '.join(shown)} |"


def renew(text: str) -> str:
    """The document with its tables as the registries stand now."""

    def table(found: re.Match[str]) -> str:
        rows = TABLES[found[2]](found[3])
        return f"{found[1]}\n{render(rows)}\n{found[4]}"

    return _MARKED.sub(table, text)


def list_stale() -> list[Path]:
    """Documents with a table that no longer says what the registries say."""
    documents = list_files(".md")
    return [path for path in documents if (text := path.read_text("utf-8")) != renew(text)]


def main() -> int:
    """Write the stale documents anew and name them."""
    for path in list_stale():
        path.write_text(renew(path.read_text("utf-8")), "utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Tables in the documents say what the registries and the settings say."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.frame.catalogue import load_catalogue
from bot.ingest.registry import list_kinds
from bot.playbooks.document import load_shipped
from bot.registry import whole
from bot.signals.catalogue import load_signals
from tests.architecture.source import ROOT, Source
from tests.architecture.tables import TABLES, list_stale, render, renew
from tests.architecture.tables_of_rows import find_marks, read_rows

_ROW = re.compile(r"^\| `([A-Z][A-Z_]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_no_table_of_a_document_is_stale() -> None:
    stale = [str(path.relative_to(ROOT)) for path in list_stale()]
    assert stale == [], "run: python -m tests.architecture.tables"


def test_every_table_stands_in_a_document() -> None:
    texts = [path.read_text("utf-8") for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))]
    missing = [name for name in TABLES if not any(f"<!-- table {name} " in text for text in texts)]
    assert missing == []


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_table_has_a_row_for_everything_there_is(locale: str) -> None:
    wanted = {
        "commands": [f"/sakidori {deed.key}" for deed in whole().commands()],
        "jobs": [f"`{name}`" for name in whole().jobs],
        "measures": [f"`{name}`" for name in load_catalogue()],
        "signals": [f"`{key}`" for key in load_signals()],
        "playbooks": [f"`{each.key}`" for each in load_shipped()],
        "kinds": [f"`{kind.name}`" for kind in list_kinds()],
        "fields": [f"(`{kind.name}`)" for kind in list_kinds()],
    }
    for name, rows in wanted.items():
        shown = render(TABLES[name](locale))
        assert [row for row in rows if row not in shown] == []


def test_rows_keep_to_their_columns_whatever_they_hold() -> None:
    assert render([("a", "b"), ("1 | 2", "x\ny")]) == "| a | b |\n|---|---|\n| 1 \\| 2 | x y |\n"


def test_a_heading_begins_a_table_of_its_own() -> None:
    shown = render([("a", "b"), ("first",), ("1", "2"), ("second",), ("3", "4")])
    assert shown.split("\n")[:3] == ["**first**", "", "| a | b |"]
    assert shown.count("| a | b |") == 2
    assert shown.endswith("| 3 | 4 |\n")


def test_only_what_stands_between_marks_is_written_anew() -> None:
    text = "before\n<!-- table jobs en -->\nold\n<!-- end of table -->\nafter\n"
    made = renew(text)
    assert made.startswith("before\n<!-- table jobs en -->\n\n| Job |")
    assert made.endswith("|\n\n<!-- end of table -->\nafter\n")
    assert renew(made) == made


def _default(name: str) -> str:
    value = Settings.model_fields[name].default
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:g}"
    assert not isinstance(value, SecretStr)
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", ["docs/install.md", "docs/install.ja.md"])
def test_every_setting_is_told_with_its_default(name: str) -> None:
    told = {found[0].lower(): found[2] for found in _ROW.findall(Path(ROOT / name).read_text())}
    known = {key: _default(key) for key in Settings.model_fields}
    assert {key: value.strip("`–") for key, value in told.items()} == known


def test_marks_of_a_test_of_a_module_and_of_several_rows_are_found() -> None:
    text = """
import pytest
pytestmark = [pytest.mark.browser, pytest.mark.row("X39")]

@pytest.mark.row("B1", "B2")
def test_it(): ...

@pytest.mark.parametrize("row", ["C3"])
def test_other(row): ...
"""
    assert find_marks(Source("tests/test_it.py", text)) == {"X39", "B1", "B2"}


def test_every_row_says_in_a_few_words_what_it_asks() -> None:
    rows = read_rows()
    assert len(rows) > 250
    assert [row for row, asks in rows.items() if not 3 <= len(asks) <= 125] == []

"""Templates come in pairs that say the same things, each in its own language only."""

from pathlib import Path

import pytest
from jinja2 import Environment

from tests.architecture.words import JAPANESE, TEMPLATES, blocks_of

FILES = sorted(TEMPLATES.rglob("*.j2"))


def _twin(path: Path) -> Path:
    there = ".en.j2" if path.name.endswith(".ja.j2") else ".ja.j2"
    return path.with_name(path.name[: -len(".ja.j2")] + there)


def test_there_are_templates_and_each_names_its_language() -> None:
    assert FILES
    assert not [path.name for path in FILES if not path.name.endswith((".ja.j2", ".en.j2"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_template_has_a_twin_with_the_same_blocks(path: Path) -> None:
    assert _twin(path).exists()
    assert blocks_of(path) == blocks_of(_twin(path))
    assert blocks_of(path)


def _spoken(path: Path) -> str:
    """The template's own text, without expressions, statements and comments."""
    lexed = Environment(autoescape=False).lex(path.read_text(encoding="utf-8"))
    return "".join(text for _, kind, text in lexed if kind == "data")


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.name.endswith(".en.j2")], ids=lambda path: path.name
)
def test_an_english_template_holds_no_japanese(path: Path) -> None:
    found = [line for line in _spoken(path).splitlines() if JAPANESE.search(line)]
    assert found == []

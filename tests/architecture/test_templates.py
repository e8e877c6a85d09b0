"""Templates come in pairs that say the same things, each in its own language only."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.architecture.words import JAPANESE, TEMPLATES, blocks_of

FILES = sorted(TEMPLATES.rglob("*.j2"))

_TAG = re.compile(r"\{%.*?%\}")
_ENDS_IN_A_TAG = re.compile(r"\{% (if|elif|endif|endfor)\b[^%]*%\}$")
_GOES_ON_IN_A_TAG = re.compile(
    r"\{% (block|endblock|else|elif|endif|endfor|for|set)\b|\{% if [^%]*%\}$"
)


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


def _is_glued(line: str, following: str) -> bool:
    """Whether the end of the line, taken away behind a tag, was meant to part two texts."""
    says = _TAG.sub("", line).strip()
    goes_on = bool(following) and not _GOES_ON_IN_A_TAG.match(following)
    return bool(says and _ENDS_IN_A_TAG.search(line) and goes_on)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_two_lines_run_into_one(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [line[-60:] for line, following in pairwise(lines) if _is_glued(line, following)]
    assert found == [], "leave an empty line after the tag: the first line's end is taken away"


def test_a_line_that_ends_in_a_tag_needs_an_empty_one_behind_it() -> None:
    assert _is_glued("It moved.{% if ended %}", "It is back.{% endif %}")
    assert not _is_glued("It moved.{% if ended %}", "")
    assert not _is_glued("{% if ended %}", "It is back.")

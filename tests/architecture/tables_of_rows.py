"""Which tests carry which row of the requirements.  Refuses a mark whose row nobody described."""

import ast
from collections import defaultdict
from collections.abc import Iterator

import yaml

from tests.architecture.source import ROOT, Source, dotted, list_sources

_ROWS = ROOT / "tests" / "rows.yaml"
_MARK = "pytest.mark.row"

_HEADS = {
    "ja": ("行", "求めていること", "テスト"),
    "en": ("Row", "What it asks", "Tests"),
}


def list_coverage(locale: str) -> Iterator[tuple[str, ...]]:
    """Each row that a test carries, in the order of the requirements, with the files of tests."""
    yield _HEADS[locale]
    carried = list_carried()
    asked = read_rows()
    if unknown := sorted(set(carried) - set(asked)):
        raise ValueError(f"{unknown[0]} is no row of tests/rows.yaml; {carried[unknown[0]][0]}")
    for row, asks in asked.items():
        if row in carried:
            yield row, asks, ", ".join(_link(path) for path in carried[row])


def read_rows() -> dict[str, str]:
    """What each row asks, in a few words."""
    rows: dict[str, str] = yaml.safe_load(_ROWS.read_text("utf-8"))
    return rows


def list_carried() -> dict[str, list[str]]:
    """Row → files with a test that carries its mark, in path order."""
    carried: dict[str, list[str]] = defaultdict(list)
    for source in list_sources("tests"):
        for row in sorted(find_marks(source)):
            carried[row].append(source.path)
    return dict(carried)


def find_marks(source: Source) -> set[str]:
    """The rows that marks of the file name, of single tests or of all."""
    return {
        argument.value
        for node in source.nodes
        if isinstance(node, ast.Call) and dotted(node.func) == _MARK
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def _link(path: str) -> str:
    name = path.removeprefix("tests/").removesuffix(".py").replace("/test_", "/")
    return f"[{name}](../{path})"

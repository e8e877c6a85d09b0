"""The project's files as syntax trees, for rules that walk them.  Runs none of the code."""

import ast
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
IGNORED = {".git", ".venv", ".hypothesis", "var", "build", "__pycache__"}


@dataclass(frozen=True)
class Source:
    """One Python file; `path` is relative to the project, whether or not it lies on the disk."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Everything in the tree; every rule walks it."""
        return list(ast.walk(self.tree))

    @property
    def module(self) -> str:
        """Dotted name, a package by its own."""
        parts = PurePosixPath(self.path).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        """The folder of bot/ it lies in, or the module's own name directly in bot/."""
        return self.module.split(".")[1] if "." in self.module else ""

    def within(self, *folders: str) -> bool:
        """Whether the file lies in one of the folders (ending in /) or is one of the files."""
        return any(
            self.path.startswith(each) if each.endswith("/") else self.path == each
            for each in folders
        )

    def at(self, node: ast.AST, sentence: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {sentence}"


Rule = Callable[[Source], Iterator[str]]


def list_files(*suffixes: str) -> list[Path]:
    """Files of the project with one of the suffixes, made ones left out, in path order."""
    found: list[Path] = []
    for folder, below, names in os.walk(ROOT):
        # Not entered at all: an environment holds fifty times as many files as the project.
        below[:] = [each for each in below if not _is_made(each)]
        found += [Path(folder, name) for name in names if not _is_made(name)]
    return sorted(path for path in found if path.suffix in suffixes or not suffixes)


def _is_made(name: str) -> bool:
    return name in IGNORED or name.endswith((".egg-info", "_cache"))


def list_sources(*folders: str) -> list[Source]:
    """Python files below the folders of the project."""
    return [
        Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not IGNORED.intersection(path.parts)
    ]


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names; a call or subscript in the chain is written as `()`."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case _:
            return "()"


def is_for_types(node: ast.stmt) -> bool:
    """Whether this is an `if TYPE_CHECKING:` block."""
    return isinstance(node, ast.If) and dotted(node.test).endswith("TYPE_CHECKING")


def imported(node: ast.AST) -> list[str]:
    """Dotted names an import statement brings, `from a import b` as `a.b`; [] for others."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def is_below(name: str, *packages: str) -> bool:
    """Whether a dotted name is one of the packages or lies in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)

"""How long files and functions may be, and what importing a file may do: nothing."""

import ast
import statistics
from collections.abc import Iterator, Sequence

from tests.architecture.arrows import PURE_ROOMS
from tests.architecture.source import Source, dotted, imported, is_below, is_for_types

MAX_FUNCTION, MAX_FILE, MAX_TEST_FILE = 40, 300, 400
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PURE_PACKAGES = (*(f"bot.{room}" for room in PURE_ROOMS), "bot.views", "sandbox")

# Calls that only make a value: safe wherever a constant is.
_VALUE_MAKERS = {
    *("bytes", "date", "datetime", "dict", "field", "fields", "float", "frozenset", "int", "len"),
    *("list", "max", "min", "pairwise", "range", "replace", "set", "sorted", "str", "sum", "tuple"),
    *("time", "timedelta", "timezone", "type", "zip", "enumerate", "chain", "product", "ord"),
    *("cast", "namedtuple", "getLogger", "compile", "escape", "maketrans", "fromkeys", "items"),
    *("keys", "values", "join", "split", "splitlines", "strip", "lower", "upper", "format", "get"),
    *("union", "resolve", "with_name", "joinpath", "with_suffix", "encode", "from_bytes", "chr"),
    *("map", "bool", "abs", "round", "partial", "itemgetter", "attrgetter", "dedent", "dtype"),
    *("mapped_column", "relationship", "synonym", "composite", "column_property", "dataclass"),
    *("ContextVar", "Decimal", "MappingProxyType", "NewType", "ParamSpec", "Path", "Struct"),
    *("TypeVar", "ZoneInfo", "Fraction", "UUID", "PurePosixPath", "TypeAdapter", "ConfigDict"),
    *("MetaData", "Table", "Column", "Index", "ForeignKey", "ForeignKeyConstraint", "Enum"),
    *("UniqueConstraint", "CheckConstraint", "PrimaryKeyConstraint", "Field", "PrivateAttr"),
    *("aliased", "with_variant", "label", "BigInteger", "WeakKeyDictionary", "Text", "Date"),
    *(
        "build_alias",
        "SettingsConfigDict",
        "vars",
        "makeLogRecord",
        "Route",
        "Mount",
        "WebSocketRoute",
        "endswith",
        "startswith",
    ),
    *(
        "dictionary",
        "int32",
        "int64",
        "float32",
        "float64",
        "string",
        "binary",
        "iinfo",
        "cache",
        "toordinal",
    ),
    *("String", "Integer", "Numeric", "LargeBinary", "JSON", "DateTime", "Boolean", "Float"),
    # The command line declares its commands by calling these.
    *("Typer", "Option", "Argument"),
}
_QUIET = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Pass,
)


def _limit(source: Source) -> int:
    return MAX_TEST_FILE if source.within("tests/") else MAX_FILE


def files_are_short(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > _limit(source):
        yield f"{source.path}: {lines} lines, at most {_limit(source)}"


def _functions(source: Source) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for node in source.nodes:
        if isinstance(node, _FUNCTIONS):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def functions_are_short(source: Source) -> Iterator[str]:
    for node, lines in _functions(source):
        if lines > MAX_FUNCTION:
            yield source.at(node, f"{node.name} has {lines} lines, at most {MAX_FUNCTION}")


def function_lengths(sources: Sequence[Source]) -> tuple[float, float]:
    """Median and 90th percentile of function lengths."""
    lengths = [lines for source in sources for _, lines in _functions(source)]
    return statistics.median(lengths), statistics.quantiles(lengths, n=10)[-1]


def _own_makers(source: Source) -> set[str]:
    """What the file defines, and what it takes from this project: classes, and pure functions.

    A thing with effects is another library's (an engine, a client, a pool) and is not among them.
    """
    defined = (ast.ClassDef, *_FUNCTIONS)
    own = {node.name for node in source.tree.body if isinstance(node, defined)}
    for node in source.tree.body:
        for name, alias in zip(imported(node), getattr(node, "names", ()), strict=False):
            last = name.split(".")[-1]
            if last in _VALUE_MAKERS:
                own.add(alias.asname or last)
            is_class = is_below(name, "bot", "sandbox") and last.lstrip("_")[:1].isupper()
            if is_class or is_below(name, *_PURE_PACKAGES):
                own.add(last)
    return own


def _loud_calls(node: ast.AST, quiet: set[str]) -> Iterator[ast.Call]:
    """Calls an expression makes when evaluated; what a lambda holds is not evaluated."""
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Call):
        parts = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
        of_own_class = dotted(node.func).split(".")[0] in quiet
        if parts not in quiet | _VALUE_MAKERS and not of_own_class:
            yield node
    for child in ast.iter_child_nodes(node):
        yield from _loud_calls(child, quiet)


def _is_main_guard(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def _is_quiet_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _effects(source: Source, body: Sequence[ast.stmt], quiet: set[str]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _effects(source, node.body, quiet)
        if isinstance(node, _QUIET) or is_for_types(node) or _is_main_guard(node):
            continue
        if _is_quiet_text(node):
            continue
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            value = node.value
            for call in _loud_calls(value, quiet) if value is not None else ():
                yield source.at(call, f"{dotted(call.func)}() runs when the file is imported")
        else:
            yield source.at(node, f"{type(node).__name__} runs when the file is imported")


def nothing_happens_at_import(source: Source) -> Iterator[str]:
    if source.within("bot/", "sandbox/"):
        yield from _effects(source, source.tree.body, _own_makers(source))


RULES = [files_are_short, functions_are_short, nothing_happens_at_import]

"""Who may read the clock, commit, speak SQL, catch everything; what a writing unit may not do."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Source, dotted, imported, is_below

_READERS_OF_THE_CLOCK = ("bot/clock.py", "sandbox/clock.py")
_NOW = {"now", "utcnow", "today", "current_timestamp"}
_HOLDERS_OF_NOW = {"datetime", "date", "Timestamp", "func"}
_TICKING = {
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.monotonic_ns",
    "time.perf_counter",
    "time.perf_counter_ns",
    "time.localtime",
    "time.gmtime",
}

# The two places that owe a broad except: what escapes there would stop everybody's work.
BROAD_EXCEPTS: tuple[str, ...] = ("bot/runner.py", "bot/errors.py")

# The engine prepares connections with pragmas and begins transactions; it keeps no data.
_NATIVE_SQL = ("bot/store/bulk/", "bot/store/engine.py")
_NATIVE_LIBRARIES = ("sqlite3", "psycopg", "sqlalchemy.text", "sqlalchemy.sql.text")

_SPEAKERS = {"say", "client", "messenger", "respond"}
_OUTSIDE = ("bot.views", "bot.texts", "slack_sdk", "aiohttp", "httpx", "urllib.request")


def only_the_clock_reads_the_clock(source: Source) -> Iterator[str]:
    if not source.within("bot/", "sandbox/") or source.within(*_READERS_OF_THE_CLOCK):
        return
    # The sandbox stands for the outside: its time-outs and triggers tick in real time.
    ticking = _TICKING if source.within("bot/") else set()
    for node in source.nodes:
        if isinstance(node, ast.Attribute):
            *_, holder, name = ["", *dotted(node).split(".")]
            if (name in _NOW and holder in _HOLDERS_OF_NOW) or f"{holder}.{name}" in ticking:
                yield source.at(node, f"{holder}.{name} reads the wall clock; take the time in")
        if ticking.intersection(imported(node)):
            yield source.at(node, "the wall clock is read in clock.py alone")
        if isinstance(node, ast.Call) and "to_datetime" in dotted(node.func) and _says(node, "now"):
            yield source.at(node, "to_datetime('now') reads the wall clock")


def _says(call: ast.Call, word: str) -> bool:
    return any(isinstance(arg, ast.Constant) and arg.value == word for arg in call.args)


def only_the_unit_of_work_commits(source: Source) -> Iterator[str]:
    if not source.within("bot/") or source.within("bot/store/unit.py"):
        return
    for node in source.nodes:
        match node:
            # engine.begin() commits when its block ends.
            case ast.Call(func=ast.Attribute(attr="commit" | "begin" as word)):
                yield source.at(node, f".{word}() belongs in bot/store/unit.py")
            case ast.Constant(value=str(words)) if words.strip(" ;\n").upper() == "COMMIT":
                yield source.at(node, "COMMIT belongs in bot/store/unit.py")


def native_sql_stays_in_bulk(source: Source) -> Iterator[str]:
    if not source.within("bot/") or source.within(*_NATIVE_SQL):
        return
    for node in source.nodes:
        for name in imported(node):
            if is_below(name, *_NATIVE_LIBRARIES):
                yield source.at(node, f"{name}: native SQL belongs in bot/store/bulk/")
        if isinstance(node, ast.Attribute) and (
            node.attr == "exec_driver_sql" or dotted(node) in {"sqlalchemy.text", "sa.text"}
        ):
            yield source.at(node, f"{node.attr}: native SQL belongs in bot/store/bulk/")


def _is_broad(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_is_broad(each) for each in kind.elts)
    return kind is None or dotted(kind).split(".")[-1] in {"Exception", "BaseException"}


def _broad_excepts(source: Source) -> Iterator[ast.AST]:
    for node in source.nodes:
        match node:
            case ast.ExceptHandler(type=kind) if _is_broad(kind):
                yield node
            case ast.Call(func=func, args=args) if dotted(func).split(".")[-1] == "suppress":
                if any(map(_is_broad, args)):
                    yield node


def errors_are_caught_by_name(source: Source) -> Iterator[str]:
    """Each listed place owes one broad except; nobody else has any."""
    owed = 1 if source.path in BROAD_EXCEPTS else 0
    for node in list(_broad_excepts(source))[owed:]:
        yield source.at(node, "catch the errors you expect by name")


def _writing_blocks(source: Source) -> Iterator[ast.With | ast.AsyncWith]:
    for node in source.nodes:
        if isinstance(node, ast.With | ast.AsyncWith):
            for held in node.items:
                called = held.context_expr
                if isinstance(called, ast.Call) and dotted(called.func).endswith(".writing"):
                    yield node


def _names_from_outside(source: Source) -> set[str]:
    return {
        (alias.asname or alias.name).split(".")[0]
        for node in source.nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias, name in zip(node.names, imported(node), strict=True)
        if is_below(name, *_OUTSIDE)
    }


def nothing_is_said_while_a_unit_writes(source: Source) -> Iterator[str]:
    """No rendered view, no Slack or HTTP call, nothing awaited inside `with ...writing(...)`."""
    if not source.within("bot/"):
        return
    outside = _names_from_outside(source)
    for block in _writing_blocks(source):
        for node in (inner for line in block.body for inner in ast.walk(line)):
            if isinstance(node, ast.Await):
                yield source.at(node, "nothing is awaited while a unit writes")
            if isinstance(node, ast.Call):
                chain = dotted(node.func).split(".")
                if chain[0] in outside or _SPEAKERS.intersection(chain):
                    yield source.at(node, f"{'.'.join(chain)}() waits until the unit has ended")


def our_own_modules_are_not_patched(source: Source) -> Iterator[str]:
    """Tests use the real thing or a stand-in that is handed in."""
    if not source.within("tests/"):
        return
    for node in source.nodes:
        if any(is_below(name, "unittest.mock", "mock") for name in imported(node)):
            yield source.at(node, "hand in a stand-in instead of a mock")
        match node:
            case ast.Call(func=func, args=[what, *_]) if dotted(func) == "monkeypatch.setattr":
                if ast.unparse(what).strip("'\"").startswith(("bot.", "sandbox.")):
                    yield source.at(node, "our own modules are not patched")


RULES = [
    only_the_clock_reads_the_clock,
    only_the_unit_of_work_commits,
    native_sql_stays_in_bulk,
    errors_are_caught_by_name,
    nothing_is_said_while_a_unit_writes,
    our_own_modules_are_not_patched,
]

"""Which room may import which: the arrows of the design, and who may know which library."""

import ast
import sys
from collections.abc import Iterator

from tests.architecture.source import Source, imported, is_below

PURE_ROOMS = {"core", "frame", "health", "signals", "playbooks", "insight", "ingest"}
# Contracts and settings that the rooms above the store share.
_SHARED = {"core", "ask", "clock", "errors", "registry", "texts", "config", "people"}

# Modules directly in bot/ are not listed: they import as needed.
ARROWS: dict[str, set[str]] = {
    "core": set(),
    "frame": {"core", "registry"},
    "health": {"core", "frame", "registry"},
    "signals": {"core", "frame", "registry"},
    "playbooks": {"core", "frame", "signals", "registry"},
    "insight": {"core", "frame", "registry"},
    "ingest": {"core", "registry"},
    "views": {"core"},
    "store": {"core", "clock"},
    "services": PURE_ROOMS | {"store"} | _SHARED,
    "commands": {"services", "views", "store", "alert_message", "first_diagnosis"} | _SHARED,
    "jobs": {"services", "views", "store", "alert_message"} | _SHARED,
    "slack": {"runner", "services", "store", "views"} | _SHARED,
    "web": {"slack", "runner"} | _SHARED,
}

# Only the command line starts what bootstrap has built.
_MAY_BOOTSTRAP = ("bot/cli.py", "bot/cli/", "bot/__main__.py")

_CORE_LIBRARIES = set(sys.stdlib_module_names) | {"holidays", "rapidfuzz"}
_STATISTICS = ("scipy", "sklearn")
_OUTSIDE_WORLD = (
    "aiohttp",
    "alembic",
    "apscheduler",
    "httpx",
    "jinja2",
    "psycopg",
    "requests",
    "socket",
    "sqlalchemy",
    "sqlite3",
    "starlette",
    "urllib.request",
    "uvicorn",
)


def _imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in source.nodes:
        for name in imported(node):
            yield node, name


def rooms_import_only_what_lies_below(source: Source) -> Iterator[str]:
    allowed = ARROWS.get(source.room)
    if not source.within("bot/") or allowed is None:
        return
    for node, name in _imports(source):
        parts = name.split(".")
        if parts[0] == "bot" and len(parts) > 1 and parts[1] not in allowed | {source.room}:
            yield source.at(node, f"{source.room} may not import {name}")


def nobody_imports_bootstrap(source: Source) -> Iterator[str]:
    if source.within("bot/") and not source.within(*_MAY_BOOTSTRAP):
        for node, name in _imports(source):
            if is_below(name, "bot.bootstrap"):
                yield source.at(node, "only the command line imports bootstrap")


def bot_and_sandbox_do_not_know_each_other(source: Source) -> Iterator[str]:
    other = {"bot": "sandbox", "sandbox": "bot"}.get(source.path.split("/")[0])
    for node, name in _imports(source):
        if other and is_below(name, other):
            yield source.at(node, f"{source.path.split('/')[0]} imports nothing of {other}")


def slack_is_known_in_one_room(source: Source) -> Iterator[str]:
    if source.within("bot/") and not source.within("bot/slack/"):
        for node, name in _imports(source):
            if is_below(name, "slack_bolt", "slack_sdk"):
                yield source.at(node, "slack_bolt and slack_sdk belong in bot/slack/")


def the_scheduler_library_is_known_in_one_file(source: Source) -> Iterator[str]:
    if source.within("bot/", "sandbox/") and not source.within("bot/scheduler.py"):
        for node, name in _imports(source):
            if is_below(name, "apscheduler"):
                yield source.at(node, "apscheduler belongs in bot/scheduler.py")


def core_needs_two_libraries(source: Source) -> Iterator[str]:
    if source.within("bot/core/"):
        for node, name in _imports(source):
            top = name.split(".")[0]
            if top != "bot" and top not in _CORE_LIBRARIES:
                yield source.at(node, f"core may not import {top}")


def statistics_are_known_in_one_room(source: Source) -> Iterator[str]:
    if source.within("bot/") and not source.within("bot/insight/"):
        for node, name in _imports(source):
            if is_below(name, *_STATISTICS):
                yield source.at(node, f"{name.split('.')[0]} belongs in bot/insight/")


def pure_rooms_touch_nothing_outside(source: Source) -> Iterator[str]:
    if source.within("bot/") and source.room in PURE_ROOMS | {"views"}:
        for node, name in _imports(source):
            if is_below(name, *_OUTSIDE_WORLD):
                yield source.at(node, f"{source.room} is pure and may not import {name}")


RULES = [
    rooms_import_only_what_lies_below,
    nobody_imports_bootstrap,
    bot_and_sandbox_do_not_know_each_other,
    slack_is_known_in_one_room,
    the_scheduler_library_is_known_in_one_file,
    core_needs_two_libraries,
    statistics_are_known_in_one_room,
    pure_rooms_touch_nothing_outside,
]

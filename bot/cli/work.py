"""`work NAME`: what a child process does, so that the parent never loads pandas.

Hidden: only `bot.children` calls it. Arguments come as JSON on standard input, the result or a
refusal goes as JSON to standard output.
"""

import importlib
import json
import pkgutil
import sys
from typing import Any

import typer

import bot.work
from bot.cli.console import Problem, opened
from bot.core.refusal import Refusal
from bot.foundation import spare_what_is_loaded
from bot.work.bench import Bench
from bot.work.idle import find_idle

# Not work, but what several pieces of work share.
_SHARED = ("bench", "idle")


def add_to(app: typer.Typer) -> None:
    """Declare the command."""
    app.command(hidden=True)(work)


def work(name: str) -> None:
    """Do the named work of `bot/work/`."""
    if name not in list_work():
        raise Problem(f"There is no work {name!r}. Known: {', '.join(list_work())}")
    arguments = json.loads(sys.stdin.read() or "{}")
    with opened() as base:
        bench = Bench(base.store, base.texts, base.clock, base.settings.sakidori_state_dir)
        answer = find_idle(bench, name, arguments) or _work(bench, name, arguments)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))


def _work(bench: Bench, name: str, arguments: dict[str, Any]) -> dict[str, object]:
    module = importlib.import_module(f"bot.work.{name}")
    spare_what_is_loaded()
    try:
        answer: dict[str, object] = module.work(bench, **arguments)
    except Refusal as refusal:
        return {"refused": refusal.code, "params": refusal.params}
    return answer


def list_work() -> list[str]:
    """The names of all heavy work, in order."""
    found = pkgutil.iter_modules(bot.work.__path__)
    return sorted(one.name for one in found if one.name not in _SHARED)

"""The command line: `sakidori …`.  Problems end with a sentence and its mend, not with a trace.

Only the room of the command that was called is loaded: most processes of ours live for a second,
and Slack's libraries alone would take half of one.
"""

import gc
import importlib
import sys
from collections.abc import Sequence

import typer

from bot.cli.console import Problem, complain
from bot.config import ConfigProblem

# Every room with its commands, in the order of the help.
ROOMS = {
    "serve": ("run", "web", "worker", "clock", "migrate"),
    "facts": ("import",),
    "recompute": ("recompute",),
    "jobs": ("job",),
    "say": ("say",),
    "members": ("member",),
    "channels": ("channel",),
    "manifest": ("manifest",),
    "doctor": ("doctor",),
    "model": ("model",),
    "work": ("work",),
    "workspaces": ("workspace",),
    "insight": ("insight",),
}


def build_app(words: Sequence[str] = ()) -> typer.Typer:
    """The command that `words` call; all of them where they call none, as for `--help`."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Sakidori: act before the customer complains.",
    )
    # With a callback, a room of a single command remains a command among others.
    app.callback()(lambda: None)
    called = [room for room, commands in ROOMS.items() if words and words[0] in commands]
    for room in called or ROOMS:
        importlib.import_module(f"bot.cli.{room}").add_to(app)
    return app


def _loaded(words: Sequence[str]) -> typer.Typer:
    """As `build_app`, without collecting garbage meanwhile: it is a fourth of the loading.

    What is loaded stays to the end, so that later collections need not walk over it either.
    """
    gc.disable()
    app = build_app(words)
    gc.freeze()
    gc.enable()
    return app


def main() -> None:
    """Run the command line; exits 2 when settings are wrong, 1 when the command could not do it."""
    try:
        _loaded(sys.argv[1:])()
    except ConfigProblem as problem:
        complain("The settings need mending:", *problem.lines)
        sys.exit(2)
    except Problem as problem:
        complain(str(problem))
        sys.exit(1)

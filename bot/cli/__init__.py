"""The command line: `sakidori …`.  Problems end with a sentence and its mend, not with a trace."""

import sys

import typer

from bot.cli import channels, doctor, facts, jobs, manifest, members, say, serve, work, workspaces
from bot.cli.console import Problem, complain
from bot.config import ConfigProblem

ROOMS = (serve, facts, jobs, say, members, channels, manifest, doctor, work, workspaces)


def build_app() -> typer.Typer:
    """All commands."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Sakidori: act before the customer complains.",
    )
    for room in ROOMS:
        room.add_to(app)
    return app


def main() -> None:
    """Run the command line; exits 2 when settings are wrong, 1 when the command could not do it."""
    try:
        build_app()()
    except ConfigProblem as problem:
        complain("The settings need mending:", *problem.lines)
        sys.exit(2)
    except Problem as problem:
        complain(str(problem))
        sys.exit(1)

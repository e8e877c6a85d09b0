"""What commands of the command line share: printing, complaining, and a foundation to work on."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.config import read_settings
from bot.core.refusal import Refusal
from bot.foundation import Foundation, build_clock
from bot.logs import start_logging
from bot.store.tables import Workspace

EMPTY = "The database is empty: run `sakidori migrate`, or `sakidori run` to start."
NO_WORKSPACE = (
    "No workspace has joined yet: set SLACK_BOT_TOKEN and start `sakidori run` once, "
    "so that the bot learns where it is."
)


F = TypeVar("F", bound=Foundation)


class Problem(Exception):
    """A sentence for the person at the terminal, with its mend."""


def complain(*lines: str) -> None:
    """Say on standard error."""
    sys.stderr.write("\n".join(lines) + "\n")


def show(*lines: str) -> None:
    """Say on standard output."""
    sys.stdout.write("\n".join(lines) + "\n")


@contextmanager
def opened(*, log_level: str | None = None) -> Iterator[Foundation]:
    """A foundation from the environment, closed at the end; for a house see `bot.cli.house`."""
    settings = read_settings()
    start_logging(log_level or settings.log_level)
    with working_on(Foundation(settings, build_clock(settings))) as base:
        yield base


@contextmanager
def working_on(base: F) -> Iterator[F]:
    """Closes `base` at the end; what the database or a service refuses becomes a sentence."""
    try:
        yield base
    except Refusal as refusal:
        from bot.views.notices import render_refusal

        raise Problem(render_refusal(base.texts.speak("en"), refusal)) from refusal
    except (OperationalError, ProgrammingError) as problem:
        if "no such table" in str(problem) or "does not exist" in str(problem):
            raise Problem(EMPTY) from problem
        raise Problem(f"The database does not answer: {problem.orig}") from problem
    finally:
        base.close()


def the_workspace(base: Foundation, team: str | None = None) -> Workspace:
    """The one workspace, or the one of `team` where there are several."""
    workspaces = base.store.list_workspaces()
    found = [one for one in workspaces if team in (None, one.team_id)]
    if not workspaces:
        raise Problem(NO_WORKSPACE)
    if len(found) != 1:
        names = ", ".join(f"{one.team_id} ({one.name})" for one in workspaces)
        raise Problem(f"Say which workspace by --team: {names}")
    return found[0]

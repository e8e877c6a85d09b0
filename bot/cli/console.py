"""What commands of the command line share: printing, complaining, and a house to work in."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.bootstrap import House, build_house
from bot.config import Settings, read_settings
from bot.core.refusal import Refusal
from bot.logs import start_logging
from bot.store.tables import Workspace

EMPTY = "The database is empty: run `sakidori migrate`, or `sakidori run` to start."
NO_WORKSPACE = (
    "No workspace has joined yet: set SLACK_BOT_TOKEN and start `sakidori run` once, "
    "so that the bot learns where it is."
)


class Problem(Exception):
    """A sentence for the person at the terminal, with its mend."""


def complain(*lines: str) -> None:
    """Say on standard error."""
    sys.stderr.write("\n".join(lines) + "\n")


def show(*lines: str) -> None:
    """Say on standard output."""
    sys.stdout.write("\n".join(lines) + "\n")


@contextmanager
def opened(*required: str, log_level: str | None = None) -> Iterator[House]:
    """A house from the environment; `required` settings are asked for. Closed at the end."""
    settings = read_settings(*required)
    start_logging(log_level or settings.log_level)
    with opened_with(settings) as house:
        yield house


@contextmanager
def opened_with(settings: Settings) -> Iterator[House]:
    """A house on `settings`; what the database or a service refuses becomes a sentence."""
    house = build_house(settings)
    try:
        yield house
    except Refusal as refusal:
        from bot.views.notices import render_refusal

        raise Problem(render_refusal(house.texts.speak("en"), refusal)) from refusal
    except (OperationalError, ProgrammingError) as problem:
        if "no such table" in str(problem) or "does not exist" in str(problem):
            raise Problem(EMPTY) from problem
        raise Problem(f"The database does not answer: {problem.orig}") from problem
    finally:
        house.close()


def the_workspace(house: House, team: str | None = None) -> Workspace:
    """The one workspace, or the one of `team` where there are several."""
    workspaces = house.store.list_workspaces()
    found = [one for one in workspaces if team in (None, one.team_id)]
    if not workspaces:
        raise Problem(NO_WORKSPACE)
    if len(found) != 1:
        names = ", ".join(f"{one.team_id} ({one.name})" for one in workspaces)
        raise Problem(f"Say which workspace by --team: {names}")
    return found[0]

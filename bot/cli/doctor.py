"""`doctor`: what stands between the bot and its work, each finding with its mend."""

from collections.abc import Iterator
from datetime import timedelta

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.bootstrap import House
from bot.cli.console import EMPTY, NO_WORKSPACE, show
from bot.cli.examination import Finding, examine_channels, examine_tokens
from bot.cli.house import opened_with
from bot.config import read_settings
from bot.logs import start_logging
from bot.services.people import list_ops_names
from bot.store import backlog
from bot.store.tables import Workspace

# The clock ticks every 20 s; what waits longer waits for a clock that does not run.
LATE = timedelta(minutes=5)


def add_to(app: typer.Typer) -> None:
    """Declare the command."""
    app.command()(doctor)


def doctor() -> None:
    """Look at tokens, scopes, database, channels, people and clock; exits 1 on findings."""
    settings = read_settings()
    start_logging("ERROR")
    with opened_with(settings) as house:
        findings = [*examine_tokens(settings), *examine_house(house)]
    show(*(_line(finding) for finding in findings))
    raise typer.Exit(0 if all(finding.is_well for finding in findings) else 1)


def examine_house(house: House) -> Iterator[Finding]:
    """The database and what is in it."""
    try:
        workspaces = house.store.list_workspaces()
    except SQLAlchemyError as problem:
        yield Finding("database", type(problem).__name__, EMPTY)
        return
    yield Finding("database", house.store.engine.url.render_as_string(hide_password=True))
    if not workspaces:
        yield Finding("workspace", "none has joined", NO_WORKSPACE)
    for workspace in workspaces:
        yield from examine_channels(house.directories.of(workspace.id), workspace)
        yield from _examine_rows(house, workspace)


def _examine_rows(house: House, workspace: Workspace) -> Iterator[Finding]:
    with house.store.reading(workspace.id) as unit:
        overdue = backlog.count_overdue(unit, LATE)
        ops = list_ops_names(unit)
    if ops:
        yield Finding("ops", ", ".join(ops))
    else:
        yield Finding("ops", "nobody", "set SAKIDORI_OPS to the first ops person's e-mail")
    if overdue:
        yield Finding("clock", f"{overdue} messages wait", "start `sakidori clock` (or `run`)")
    else:
        yield Finding("clock", "nothing is overdue")


def _line(finding: Finding) -> str:
    mark = "ok  " if finding.is_well else "MEND"
    mend = f" → {finding.mend}" if finding.mend else ""
    return f"{mark}  {finding.about}: {finding.found}{mend}"

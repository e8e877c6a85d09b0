"""`model …`: the health model as a file, checked, drafted, simulated and approved.

The same validation and the same second person as in Slack: whoever acts is named by `--as`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import or_, select

from bot.ask import Person
from bot.cli.console import Problem, opened, show, the_workspace
from bot.clock import today
from bot.core.model_problem import InvalidModel
from bot.core.refusal import Refusal
from bot.core.vocabulary import Locale, Role
from bot.foundation import Foundation, spare_what_is_loaded
from bot.health.model import read_document
from bot.people import build_person
from bot.services.health_models import ensure_active
from bot.services.models.approval import APPROVERS, approve
from bot.services.models.drafts import find_draft, keep_simulation
from bot.services.models.files import check_text, describe, take_text
from bot.store.tables import HealthModel, Member, Workspace
from bot.texts import Texts
from bot.views.back_test import render_how, render_past
from bot.views.model_words import render_problems

if TYPE_CHECKING:
    from bot.core.model_simulation import Simulation

Team = Annotated[str | None, typer.Option(help="Workspace, where there are several.")]
By = Annotated[str, typer.Option("--as", help="Who does it: email or Slack id of a member.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]


def add_to(app: typer.Typer) -> None:
    """Declare the commands."""
    models = typer.Typer(no_args_is_help=True, help="The health model and its draft.")
    for deed in (show_model, check, draft, simulate, approve_draft):
        models.command(deed.__name__.partition("_")[0])(deed)
    app.add_typer(models, name="model")


def show_model(
    version: Annotated[int | None, typer.Option(help="Another one than that in use.")] = None,
    team: Team = None,
) -> None:
    """Print a version as YAML, the one in use unless told otherwise."""
    with opened(log_level="WARNING") as base:
        workspace = the_workspace(base, team)
        active = ensure_active(base.store, workspace.id)
        with base.store.reading(workspace.id) as unit:
            text, _ = describe(unit, version or active.number)
        show(text.rstrip())


def check(file: File) -> None:
    """Tell everything that is wrong with a file; needs no database."""
    try:
        check_text(file.read_bytes())
    except InvalidModel as invalid:
        raise _told(file, invalid) from invalid
    show(f"{file.name}: a health model.")


def draft(
    file: File,
    by: By,
    note: Annotated[str | None, typer.Option(help="Why it changes.")] = None,
    team: Team = None,
) -> None:
    """Make the file the draft, after the same checks as in Slack."""
    with opened(log_level="WARNING") as base:
        workspace = the_workspace(base, team)
        person = _find(base, workspace, by, frozenset({Role.OPS}))
        try:
            with base.store.writing(workspace.id) as unit:
                number = take_text(unit, file.read_bytes(), person.slack_user, note)
        except InvalidModel as invalid:
            raise _told(file, invalid) from invalid
        show(f"{file.name} is the draft of version {number} now. Next: sakidori model simulate")


def simulate(by: By, team: Team = None) -> None:
    """Try the draft on the workspace's accounts, and keep what was found with it."""
    from bot.services.models.simulating import simulate as try_out

    with opened(log_level="WARNING") as base:
        workspace = the_workspace(base, team)
        person = _find(base, workspace, by, frozenset({Role.OPS}))
        row = _draft_of(base, workspace)
        document = read_document(row.document)
        spare_what_is_loaded()
        on = today(base.clock, workspace.zone)
        with Progress(console=Console(stderr=True)) as progress:
            bar = progress.add_task("nights", total=None)
            found = try_out(
                base.store,
                workspace.id,
                document,
                row.revision,
                on,
                lambda done, total: progress.update(bar, completed=done, total=total),
            )
        with base.store.writing(workspace.id) as unit:
            keep_simulation(unit, row.version, found, person.slack_user)
        show(*_lines(row.version, found))


def approve_draft(by: By, team: Team = None) -> None:
    """Put the simulated draft into use; whoever changed it last is refused."""
    from bot.services.recompute import recompute

    with opened(log_level="WARNING") as base:
        workspace = the_workspace(base, team)
        person = _find(base, workspace, by, APPROVERS)
        row, on = _draft_of(base, workspace), today(base.clock, workspace.zone)
        with base.store.writing(workspace.id) as unit:
            is_sorted = approve(unit, row.version, row.revision, person.slack_user, on)
        if not is_sorted:
            spare_what_is_loaded()
            recompute(base.store, workspace.id, on)
        show(f"Version {row.version} of the health model is in use.")


def _draft_of(base: Foundation, workspace: Workspace) -> HealthModel:
    with base.store.reading(workspace.id) as unit:
        row = find_draft(unit)
    if row is None:
        raise Refusal("no_such_model_draft")
    return row


def _find(base: Foundation, workspace: Workspace, said: str, roles: frozenset[Role]) -> Person:
    """The member with one of the roles; a sentence for anybody else."""
    with base.store.reading(workspace.id) as unit:
        named = or_(Member.email == said, Member.slack_user == said)
        members = unit.session.scalars(select(Member).where(named, Member.is_active)).all()
        people = [build_person(each, unit.workspace) for each in members if each.slack_user]
    able = [each for each in people if each.has(*roles)]
    if not able:
        needed = ", ".join(sorted(roles))
        raise Problem(f"{said} is no member known to Slack with one of the roles: {needed}.")
    return able[0]


def _told(file: Path, invalid: InvalidModel) -> Problem:
    lines = render_problems(Texts().speak("en"), invalid.problems)
    return Problem("\n".join([f"{file.name} is no health model:", *lines]))


def _lines(version: int, found: "Simulation") -> list[str]:
    """What was found, for a terminal; the names are in Slack."""
    moves = [
        f"  {each.before} → {each.after}: {each.share.count} accounts, "
        f"{each.share.arr.amount} {each.share.arr.currency}"
        for each in found.flow.changed
    ]
    alerts = found.alerts
    return [
        f"Version {version} against {found.against}, {found.accounts} accounts, {found.run_on}:",
        *(moves or ["  nobody changes band"]),
        f"  without a score: {found.unscored[0]} → {found.unscored[1]}",
        f"  alerts in four weeks: {alerts.total(after=False)} → {alerts.total(after=True)}"
        f" (of {alerts.accounts} accounts)",
        *_past(found),
        "Next: sakidori model approve --as SOMEBODY_ELSE",
    ]


def _past(found: "Simulation") -> list[str]:
    """The back-test as in Slack, without its marks; measures by their names."""
    say = Texts().speak(Locale.EN)
    told = [*render_past(say, found.past), render_how(say, found.past, {})]
    return [f"  {line}" for each in told for line in each.replace("*", "").splitlines()]

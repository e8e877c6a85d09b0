"""`workspace show`, `set`, `tiers` and `start`: defaults of the workspace, and its first day."""

from typing import Annotated

import typer

from bot.cli.console import opened, show, the_workspace
from bot.clock import today
from bot.core.vocabulary import Locale
from bot.first_diagnosis import begin_watching
from bot.services.imports.derive import derive
from bot.services.workspaces import read_bands, set_bands, set_defaults

ACTOR = "command line"
Team = Annotated[str | None, typer.Option(help="Workspace, where there are several.")]


def add_to(app: typer.Typer) -> None:
    """Declare the commands."""
    workspaces = typer.Typer(no_args_is_help=True, help="Defaults of the workspace.")
    workspaces.command("show")(show_defaults)
    workspaces.command("set")(set_them)
    workspaces.command("tiers")(set_tiers)
    workspaces.command()(start)
    app.add_typer(workspaces, name="workspace")


def show_defaults(team: Team = None) -> None:
    """Currency, zone, country, language, and the tiers by yearly revenue."""
    with opened() as base:
        workspace = the_workspace(base, team)
        bands = read_bands(workspace.settings)
        show(f"{workspace.name} ({workspace.team_id})")
        show(f"  currency {workspace.base_currency}, zone {workspace.zone}")
        show(f"  country {workspace.country}, language {workspace.locale}")
        show(f"  watching since {workspace.started_on or '(not started)'}")
        for band in bands.bands:
            kind = f"{band.tier}, {band.touch} touch, owner {band.owner_mode}"
            show(f"  from {band.floor} {bands.currency}: {kind}")


def set_them(
    currency: Annotated[str | None, typer.Option(help="Base currency, e.g. JPY.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone, e.g. Asia/Tokyo.")] = None,
    country: Annotated[str | None, typer.Option(help="Whose holidays count, e.g. JP.")] = None,
    locale: Annotated[Locale | None, typer.Option(help="Language of channels.")] = None,
    team: Team = None,
) -> None:
    """Change what is given."""
    with opened() as base:
        workspace = the_workspace(base, team)
        with base.store.writing(workspace.id) as unit:
            set_defaults(
                unit, ACTOR, base_currency=currency, zone=zone, country=country, locale=locale
            )
    show_defaults(team)


def set_tiers(
    bands: Annotated[list[str], typer.Argument(help="FLOOR:TIER:TOUCH:OWNER, lowest from 0.")],
    currency: Annotated[str, typer.Option(help="What the floors are counted in.")] = "JPY",
    team: Team = None,
) -> None:
    """Tiers by yearly revenue, for accounts whose file names no tier."""
    with opened() as base:
        workspace = the_workspace(base, team)
        with base.store.writing(workspace.id) as unit:
            set_bands(unit, ACTOR, currency, bands)
            derive(unit, today(base.clock, workspace.zone))
    show_defaults(team)


def start(team: Team = None) -> None:
    """Begin watching today, as the last step of the setup in Slack does."""
    with opened() as base:
        workspace = the_workspace(base, team)
        begin_watching(base.store, workspace.id, base.texts, ACTOR)
    show_defaults(team)

"""`member add`: the people of the team, before or beside an imported list."""

from typing import Annotated

import typer

from bot.cli.console import Problem, opened, show, the_workspace
from bot.core.vocabulary import Locale, Role
from bot.services.members import NewMember, add_member


def add_to(app: typer.Typer) -> None:
    """Declare the commands."""
    members = typer.Typer(no_args_is_help=True, help="The people of the team.")
    members.command("add")(add)
    app.add_typer(members, name="member")


def add(
    name: str,
    role: Annotated[list[Role], typer.Option(help="May be given several times.")],
    email: Annotated[str | None, typer.Option(help="Links the person to Slack.")] = None,
    slack_user: Annotated[str | None, typer.Option(help="Slack id, U…")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone, e.g. Asia/Tokyo.")] = None,
    locale: Annotated[Locale | None, typer.Option(help="Language.")] = None,
    country: Annotated[
        str | None, typer.Option(help="Whose holidays count, e.g. US; else the zone's country.")
    ] = None,
    team: Annotated[str | None, typer.Option(help="Workspace, where there are several.")] = None,
) -> None:
    """Add a member, or give roles to one who is there already."""
    if not email and not slack_user:
        raise Problem("Give --email or --slack-user, so that the person can be recognised.")
    with opened() as base:
        workspace = the_workspace(base, team)
        new = NewMember(name, tuple(role), email, slack_user, zone, locale, country)
        with base.store.writing(workspace.id) as unit:
            member = add_member(unit, new)
        show(f"{member.name}: {', '.join(member.roles)}")

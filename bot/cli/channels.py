"""`channel set` and `channel trust`: where ops and the team are told, and whose files are taken."""

from typing import Annotated

import typer

from bot.cli.console import opened, show, the_workspace
from bot.services.channels import Purpose, set_channel, trust_deliverer

ACTOR = "command line"
Team = Annotated[str | None, typer.Option(help="Workspace, where there are several.")]


def add_to(app: typer.Typer) -> None:
    """Declare the commands."""
    channels = typer.Typer(no_args_is_help=True, help="Which channels are used for what.")
    channels.command("set")(set_purpose)
    channels.command()(trust)
    app.add_typer(channels, name="channel")


def set_purpose(
    purpose: Purpose,
    channel: Annotated[str, typer.Argument(help="Channel id, C… or G….")],
    team: Team = None,
) -> None:
    """Use a channel for operations (ops) or for the CS team (cs)."""
    from bot.cli.house import opened_house

    with opened_house("slack_bot_token") as house:
        workspace = the_workspace(house, team)
        facts = house.directories.of(workspace.id).get_channel(channel, fresh=True)
        with house.store.writing(workspace.id) as unit:
            set_channel(unit, purpose, facts, ACTOR)
        show(f"#{facts.name} is used for {purpose.value}.")


def trust(
    slack_user: Annotated[str, typer.Argument(help="Slack id of the person or robot, U….")],
    team: Team = None,
) -> None:
    """Import this member's files without asking."""
    with opened() as base:
        workspace = the_workspace(base, team)
        with base.store.writing(workspace.id) as unit:
            trust_deliverer(unit, slack_user, ACTOR)
        show(f"Files of {slack_user} are imported without asking.")

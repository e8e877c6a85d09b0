"""`channel set` and `channel trust`: what an ops person sets in Slack, from the command line."""

from typing import Annotated

import typer

from bot.cli.console import opened, show, the_workspace
from bot.services.channels import Purpose, set_channel, trust_deliverer

ACTOR = "command line"
Team = Annotated[str | None, typer.Option(help="Workspace, where there are several.")]


def add_to(app: typer.Typer) -> None:
    """Declare the commands."""
    channels = typer.Typer(no_args_is_help=True, help="Channels and automatic deliveries.")
    channels.command("set")(set_purpose)
    channels.command("trust")(trust)
    app.add_typer(channels, name="channel")


def set_purpose(purpose: Purpose, channel: str, team: Team = None) -> None:
    """Use a channel (C…) for operations or for the CS team."""
    with opened("slack_bot_token") as house:
        workspace = the_workspace(house, team)
        facts = house.ports_of(workspace.id).directory.get_channel(channel, fresh=True)
        with house.store.writing(workspace.id) as unit:
            set_channel(unit, purpose, facts, ACTOR)
        show(f"{purpose}: #{facts.name}")


def trust(slack_user: str, team: Team = None) -> None:
    """Import the files of this member (U…) without asking; for a robot that delivers daily."""
    with opened() as house:
        workspace = the_workspace(house, team)
        with house.store.writing(workspace.id) as unit:
            trust_deliverer(unit, slack_user, ACTOR)
        show(f"Files of {slack_user} are imported as they come.")

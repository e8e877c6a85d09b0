"""`run`, `web`, `worker`, `clock`, `migrate`: the processes of the house."""

from typing import Annotated

import typer

from bot.cli.console import Problem, show
from bot.cli.house import opened_house
from bot.cli.joining import join
from bot.cli.process import Parts, run_parts
from bot.config import read_settings
from bot.slack.line import SlackRefused, Unclear
from bot.store.migrate import upgrade

IN = "slack_app_token|slack_signing_secret"
Port = Annotated[int | None, typer.Option(help="Listen here instead of PORT; 0 takes any.")]


def add_to(app: typer.Typer) -> None:
    """Declare the commands."""
    for command in (run, web, worker, clock, migrate):
        app.command()(command)


def run(port: Port = None) -> None:
    """All in one process: migrates, joins the workspace, listens, ticks and sends."""
    settings = read_settings("slack_bot_token", IN)
    upgrade(settings.database_url)
    is_socket = settings.slack_app_token is not None
    _serve(Parts(http=not is_socket, socket=is_socket, clock=True), port, IN)


def web(port: Port = None) -> None:
    """Slack's signed HTTP requests."""
    _serve(Parts(http=True), port, "slack_signing_secret")


def worker(port: Port = None) -> None:
    """The same over Socket Mode."""
    _serve(Parts(socket=True), port, "slack_app_token")


def clock() -> None:
    """Ticker and sender; a second one does no harm."""
    _serve(Parts(clock=True, web=False), None)


def migrate() -> None:
    """Bring the database to the newest revision."""
    url = read_settings().database_url
    upgrade(url)
    show("The database is up to date.")


def _serve(parts: Parts, port: int | None, *required: str) -> None:
    with opened_house("slack_bot_token", *required) as house:
        try:
            join(house)
        except SlackRefused as refused:
            raise Problem(
                f"Slack refuses the bot token ({refused.code}): install the app to the workspace "
                "again and copy its Bot User OAuth Token to SLACK_BOT_TOKEN."
            ) from refused
        except Unclear as problem:
            raise Problem(
                f"Slack does not answer at {house.settings.slack_api_url} ({problem}): "
                "check the network and SLACK_API_URL."
            ) from problem
        try:
            run_parts(house, parts, house.settings.port if port is None else port)
        except OSError as problem:
            raise Problem(f"Cannot listen: {problem}. Choose another PORT.") from problem

"""`say`: what a person would read, through the real Bolt app and without a network."""

import asyncio
import json
import os
from typing import Annotated

import typer
from pydantic import SecretStr
from sqlalchemy import or_, select

from bot.bootstrap import House
from bot.cli.console import Problem, show, the_workspace
from bot.cli.house import opened_with
from bot.config import read_settings
from bot.logs import start_logging
from bot.slack.captured import CapturedLine
from bot.slack.in_process import InProcess, read_said, user_object
from bot.slack.line import Payload
from bot.store.tables import Member, Workspace

# Bolt wants a token before it lets a request in; this one opens nothing.
NO_TOKEN = "xoxb-in-process"


def add_to(app: typer.Typer) -> None:
    """Declare the command."""
    app.command()(say)


def say(
    text: Annotated[str, typer.Argument(help='A command or plain text, e.g. "/health アクメ".')],
    as_user: Annotated[str, typer.Option("--as", help="Slack id, e-mail or name of a member.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="The payloads as Slack gets them.")
    ] = False,
    team: Annotated[str | None, typer.Option(help="Workspace, where there are several.")] = None,
) -> None:
    """Say something as a member and print what they would read."""
    settings = read_settings()
    start_logging("WARNING")
    with opened_with(settings.model_copy(update={"slack_bot_token": SecretStr(NO_TOKEN)})) as house:
        workspace = the_workspace(house, team)
        member = _get_member(house, workspace, as_user)
        line = CapturedLine({str(member.slack_user): user_object(member, workspace)})
        house.given_line = line
        said = asyncio.run(_said(house, workspace, line, str(member.slack_user), text))
    if as_json:
        show(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        show(*(read_said(payload) for payload in line.list_shown()))


async def _said(
    house: House, workspace: Workspace, line: CapturedLine, user: str, text: str
) -> list[Payload]:
    person = InProcess(house.app, house.edge, line, workspace)
    # The process id keeps two runs at the same business second apart.
    ts = f"{house.clock.now().timestamp():.6f}-{os.getpid()}"
    return await person.say(user, text, ts)


def _get_member(house: House, workspace: Workspace, named: str) -> Member:
    either = or_(Member.slack_user == named, Member.email == named.lower(), Member.name == named)
    with house.store.reading(workspace.id) as unit:
        found = list(unit.session.scalars(select(Member).where(either)))
        names = list(unit.session.scalars(select(Member.name).order_by(Member.name).limit(20)))
    if not found:
        known = ", ".join(names) or "nobody; use `sakidori member add` first"
        raise Problem(f"There is no member {named!r}. Known: {known}")
    if len(found) > 1:
        raise Problem(f"{len(found)} members are called {named!r}: give the e-mail or Slack id.")
    if not found[0].slack_user:
        raise Problem(
            f"{found[0].name} is not linked to Slack yet: "
            "`sakidori member add NAME --email … --slack-user U… --role …` does it."
        )
    return found[0]

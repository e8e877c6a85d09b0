"""Slash commands, from the typed line to what the person sees."""

import re

from sandbox.delivery.answer import Answer
from sandbox.delivery.responses import place_response
from sandbox.delivery.tickets import new_response_url, new_trigger
from sandbox.kinds import Json
from sandbox.slack import Slack
from sandbox.spec import Channel, Command
from sandbox.state.shapes import channel_name
from sandbox.state.tickets import ResponseAddress
from sandbox.writing import escaped, with_mentions


async def run_command(
    slack: Slack, user: str, channel: Channel, line: str, thread_ts: str | None = None
) -> str | None:
    """Deliver a slash command; returns the sentence Slack would show when it fails."""
    word, _, rest = line.strip().partition(" ")
    command = _find(slack, word)
    if command is None:
        return (
            f"{word} is not a valid command. In Slack, all messages that start with "
            'the "/" character are interpreted as commands.'
        )
    if thread_ts is not None:
        return f"{word} is not supported in threads. Sorry!"
    form = _form(slack, user, channel, command, rest.strip())
    answer = await slack.courier.command(form)
    return _shown(slack, user, channel, word, answer)


def _find(slack: Slack, word: str) -> Command | None:
    commands = slack.world.workspace.app.commands
    return next((each for each in commands if each.command == word), None)


def _form(slack: Slack, user: str, channel: Channel, command: Command, text: str) -> Json:
    workspace = slack.world.workspace
    said = re.sub(r"\s+", " ", text)
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.team.id,
        "team_domain": workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user,
        "user_name": slack.world.users[user].name,
        "command": command.command,
        "text": with_mentions(slack.world, said) if command.should_escape else escaped(said),
        "api_app_id": workspace.app.id,
        "is_enterprise_install": "false",
        "response_url": new_response_url(slack, user, channel.id),
        "trigger_id": new_trigger(slack, user),
    }


def _shown(slack: Slack, user: str, channel: Channel, word: str, answer: Answer) -> str | None:
    if answer.error == "operation_timeout":
        return f'{word} failed with the error "operation_timeout"'
    if answer.error is not None:
        return f'{word} failed with the error "{answer.error}"'
    if answer.body is None:
        return None
    content = answer.body if isinstance(answer.body, dict) else {"text": str(answer.body)}
    if not content:
        return None
    here = ResponseAddress("", channel.id, user, 0.0)
    problem = place_response(slack, here, content)
    return f'{word} failed with the error "invalid_command_response"' if problem else None

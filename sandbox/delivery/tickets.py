"""Handing out trigger ids and response addresses with what a person does."""

import secrets

from sandbox.slack import Slack
from sandbox.state.tickets import ResponseAddress, Trigger


def new_trigger(slack: Slack, user: str, view_id: str | None = None) -> str:
    """A trigger id good for three seconds and one form."""
    clock = slack.world.clock
    name = f"{slack.world.new_id('')}.{secrets.token_hex(8)}"
    slack.world.triggers[name] = Trigger(name, user, clock.elapsed(), view_id)
    return name


def new_response_url(
    slack: Slack, user: str, channel: str, ts: str | None = None, thread_ts: str | None = None
) -> str:
    """An address for five answers within thirty minutes."""
    name = secrets.token_urlsafe(18)
    made = slack.world.clock.elapsed()
    slack.world.responses[name] = ResponseAddress(name, channel, user, made, ts, thread_ts)
    return f"{slack.base_url}/response/{slack.world.workspace.team.id}/{name}"

"""One Web API call: its arguments, its token, and the table of methods."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.kinds import Json
from sandbox.rules.problem import Problem
from sandbox.slack import Slack
from sandbox.spec import Channel
from sandbox.state.messages import Message
from sandbox.state.world import Token, World


class SlackError(Exception):
    """An `ok: false` answer; `extra` is merged into it."""

    def __init__(self, error: str, status: int = 200, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.extra = extra


class RateLimited(Exception):
    """HTTP 429; `seconds` goes into Retry-After."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


def refuse(error: str, problems: Sequence[Problem]) -> None:
    """Raise `error` with the problems as Slack's messages, if there are any."""
    if problems:
        messages = [problem.as_slack() for problem in problems]
        details = [problem.as_json() for problem in problems]
        raise SlackError(error, response_metadata={"messages": messages}, errors=details)


class Arguments:
    """A call's arguments, from a form or from JSON; structures may come as JSON strings."""

    def __init__(self, values: Json) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        return str(self.values.get(name, default))

    def need(self, name: str) -> str:
        """A string that must be there; refused as `invalid_arguments` when it is not."""
        value = self.text(name)
        if not value:
            problem = Problem(f"/{name}", "missing", f"missing required field: {name}")
            refuse("invalid_arguments", [problem])
        return value

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "1"}

    def number(self, name: str, default: int, highest: int) -> int:
        """A whole number from 1 to `highest`; refused as `invalid_limit` when it is not."""
        try:
            value = int(self.values.get(name, default))
        except (TypeError, ValueError) as problem:
            raise SlackError("invalid_arguments") from problem
        if not 1 <= value <= highest:
            raise SlackError("invalid_limit")
        return value

    def structure(self, name: str) -> Any:
        """A list or object, decoded when it came as a string; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as problem:
            error = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
            raise SlackError(error) from problem


@dataclass
class Call:
    """A call under way."""

    slack: Slack
    method: str
    args: Arguments
    token: Token
    warnings: list[str] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.slack.world

    def channel(self, name: str = "channel") -> Channel:
        """The channel an argument names: an id, or #name; `channel_not_found` else.

        Private channels the bot is not in do not exist for it.
        """
        given = self.args.need(name)
        channels = self.world.channels
        found = channels.get(given) or next(
            (each for each in channels.values() if each.name and each.name == given.lstrip("#")),
            None,
        )
        if found is None or (found.kind != "public" and not self.world.is_bot_in(found)):
            raise SlackError("channel_not_found")
        return found

    def member_channel(self, name: str = "channel") -> Channel:
        """A channel the bot belongs to; `not_in_channel` else."""
        found = self.channel(name)
        if not self.world.is_bot_in(found):
            raise SlackError("not_in_channel")
        return found

    def message(self, channel: Channel, ts: str, error: str = "message_not_found") -> Message:
        found = self.world.messages.find_lasting(channel.id, ts)
        if found is None:
            raise SlackError(error)
        return found


Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """A Web API method: any one of `scopes` lets it pass; `kind` is the token it takes."""

    name: str
    handler: Handler
    scopes: tuple[str, ...]
    tier: str
    kind: str


METHODS: dict[str, Method] = {}


def method(
    name: str, *scopes: str, tier: str = "T3", kind: str = "bot"
) -> Callable[[Handler], Handler]:
    """Enter a handler into the table of methods; kind "none" needs no token."""

    def enter(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, scopes, tier, kind)
        return handler

    return enter

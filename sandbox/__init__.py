"""A strict local stand-in for Slack; it knows no rule of the bot and imports nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.kinds import Json
    from sandbox.server import SandboxServer


def serve(spec: Json | None = None, *, port: int = 0, bot_url: str = "") -> SandboxServer:
    """A sandbox to use as a context manager: `with serve(spec) as slack: slack.api_url`.

    `spec` is a workspace (see `sandbox.spec`); port 0 takes a free one; without `bot_url` the bot
    joins by Socket Mode. The server is imported here, so that `sandbox.company` stays light.
    """
    from sandbox.server import SandboxServer

    return SandboxServer(spec or {}, port=port, bot_url=bot_url)


__all__ = ["serve"]

"""The line to Slack as the rest of this room sees it: plain calls, three kinds of trouble.

Refuses to repeat anything that Slack may have done already.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from bot.store.tables import Workspace

Payload = dict[str, Any]


class SlackRefused(Exception):
    """Slack said no, for certain: nothing was done. `code` is Slack's own word."""

    def __init__(self, code: str, payload: Payload | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.payload = payload or {}


class RateLimited(SlackRefused):
    """Too fast: nothing was done; ask again after `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class Unclear(Exception):
    """No usable answer came (dropped, timed out, 5xx): it may or may not have been done."""


class Line(Protocol):
    """The only way out to Slack."""

    def ask(self, workspace: Workspace, method: str, **arguments: Any) -> Payload:
        """A reading Web API call; dropped connections and rate limits are retried."""

    def do(self, workspace: Workspace, method: str, **arguments: Any) -> Payload:
        """A writing Web API call, made once."""

    def respond(self, url: str, payload: Payload) -> None:
        """Answer by `response_url`, once."""

    def fetch(self, workspace: Workspace, url: str, target: Path, most_bytes: int) -> None:
        """Download a file of Slack's; raises `SlackRefused("too_large")` past `most_bytes`."""

    def upload(
        self,
        workspace: Workspace,
        channel: str,
        files: Sequence[Path],
        text: str,
        thread_ts: str | None,
    ) -> str:
        """Share files in a channel, with a first comment, once; the ts, "" while Slack hides it."""

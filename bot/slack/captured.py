"""A line that leads nowhere: what would have gone to Slack is kept, for `say` and benchmarks.

Knows the people it is given and answers for them, and that there are no user groups; refuses every
other question.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.slack.line import Payload, SlackRefused
from bot.store.tables import Workspace

RESPONSE_URL = "in-process:"


@dataclass
class CapturedLine:
    """Implements `Line`; `people` are user objects as users.info gives them, by Slack id."""

    people: Mapping[str, Payload]
    said: list[Payload] = field(default_factory=list)
    heard: threading.Event = field(default_factory=threading.Event)

    def ask(self, workspace: Workspace, method: str, **arguments: Any) -> Payload:
        if method == "users.info" and arguments["user"] in self.people:
            return {"user": self.people[arguments["user"]]}
        if method == "usergroups.list":
            return {"usergroups": []}
        raise SlackRefused("not_in_process")

    def do(self, workspace: Workspace, method: str, **arguments: Any) -> Payload:
        self._keep({"method": method, **arguments})
        return {
            "channel": {"id": f"D{arguments.get('users', '')}"},
            "view": {"id": _view_id(len(self.said))},
            "ts": f"{len(self.said)}.000000",
        }

    def respond(self, url: str, payload: Payload) -> None:
        self._keep({"method": "response_url", **payload})

    def fetch(self, workspace: Workspace, url: str, target: Path, most_bytes: int) -> None:
        raise SlackRefused("not_in_process")

    def upload(
        self,
        workspace: Workspace,
        channel: str,
        files: Sequence[Path],
        text: str,
        thread_ts: str | None,
    ) -> str:
        names = [path.name for path in files]
        self._keep({"method": "upload", "channel": channel, "text": text, "files": names})
        return ""

    def list_shown(self) -> list[Payload]:
        """What stands there in the end: a form that another content replaces is left out."""
        updated = {each.get("view_id") for each in self.said}
        numbered = enumerate(self.said, start=1)
        return [each for number, each in numbered if _view_id(number) not in updated]

    def _keep(self, payload: Payload) -> None:
        self.said.append(payload)
        self.heard.set()


def _view_id(number: int) -> str:
    return f"V{number}"

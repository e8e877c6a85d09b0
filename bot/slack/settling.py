"""What became of a post nobody answered for: history knows, by the id in the metadata."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.slack.audience import Audiences
from bot.slack.line import Line, Payload
from bot.slack.posting import EVENT_TYPE
from bot.store import outbox
from bot.store.tables import OutboxItem, Workspace
from bot.store.unit import Store

log = logging.getLogger(__name__)

# Nothing is posted before it was asked for; two days leave room for a demo whose clock runs ahead.
MARGIN = timedelta(days=2)
PAGE = 200


@dataclass(frozen=True)
class Settling:
    """Looks unknown items up, then adopts them or has them said (again)."""

    line: Line
    store: Store
    audiences: Audiences

    def settle(self, workspace: Workspace, item: OutboxItem) -> None:
        """Sent when history has it, else to be said again; raises what the line raises."""
        channel = self.audiences.open(workspace, item.audience)
        ts = self._find(workspace, item, channel)
        with self.store.writing(workspace.id) as unit:
            if ts is not None:
                outbox.mark_sent(unit, item, channel, ts)
            else:
                outbox.return_to_pending(unit, item, unit.at)
        log.info("settled", extra={"action": "settle", "item": item.id, "found": ts is not None})

    def _find(self, workspace: Workspace, item: OutboxItem, channel: str) -> str | None:
        for message in self._messages(workspace, item, channel):
            if _is(message, item):
                return str(message["ts"])
        return None

    def _messages(
        self, workspace: Workspace, item: OutboxItem, channel: str
    ) -> Iterator[dict[str, Any]]:
        asked: Payload = {
            "channel": channel,
            "include_all_metadata": "true",
            "limit": str(PAGE),
            "oldest": f"{self._since(item):.6f}",
        }
        method = "conversations.history"
        with self.store.reading(workspace.id) as unit:
            parent = outbox.get_parent(unit, item)
        if parent is not None:
            method, asked["ts"] = "conversations.replies", parent.ts
        while True:
            answer = self.line.ask(workspace, method, **asked)
            yield from answer["messages"]
            asked["cursor"] = answer.get("response_metadata", {}).get("next_cursor", "")
            if not asked["cursor"]:
                return

    def _since(self, item: OutboxItem) -> float:
        tried = item.attempted_at or item.created_at
        return (min(item.created_at, tried) - MARGIN).timestamp()


def _is(message: dict[str, Any], item: OutboxItem) -> bool:
    """By the outbox id; an upload carries no metadata and is known by its files' names."""
    if item.kind == "upload":
        names = {name.rpartition("/")[2] for name in item.payload["files"]}
        return names <= {file.get("name") for file in message.get("files", ())}
    metadata = message.get("metadata") or {}
    is_ours = metadata.get("event_type") == EVENT_TYPE
    return is_ours and metadata.get("event_payload", {}).get("id") == str(item.id)

"""One outbox item to one Web API call.  Refuses to repeat what Slack may have taken."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.slack.fallbacks import send_with_fallbacks
from bot.slack.line import Line, SlackRefused
from bot.store.tables import OutboxItem, Workspace
from bot.store.unit import Store
from bot.views.reply import Block

EVENT_TYPE = "sakidori_outbox"


@dataclass(frozen=True)
class Parcel:
    """An item with its place: `ts` is the message to update, `thread_ts` the one to answer."""

    item: OutboxItem
    channel: str
    ts: str | None = None
    thread_ts: str | None = None


@dataclass(frozen=True)
class Posting:
    """Says parcels over the line."""

    line: Line
    store: Store

    def send(self, workspace: Workspace, parcel: Parcel) -> str:
        """Say it and give Slack's ts; raises what the line raises."""
        if parcel.item.kind == "upload":
            return self._upload(workspace, parcel)
        said: list[str] = []
        send = self._update(workspace, parcel) if parcel.ts else self._post(workspace, parcel)
        send_with_fallbacks(
            self.store,
            workspace.id,
            parcel.item.payload["blocks"],
            lambda blocks: said.append(send(blocks)),
        )
        return said[-1]

    def _post(self, workspace: Workspace, parcel: Parcel) -> Callable[[list[Block]], str]:
        def post(blocks: list[Block]) -> str:
            content = _content(parcel.item, parcel.item.id, blocks)
            more = {"thread_ts": parcel.thread_ts} if parcel.thread_ts else {}
            quiet = {"unfurl_links": False, "unfurl_media": False}
            answer = self.line.do(
                workspace, "chat.postMessage", channel=parcel.channel, **content, **more, **quiet
            )
            return str(answer["ts"])

        return post

    def _update(self, workspace: Workspace, parcel: Parcel) -> Callable[[list[Block]], str]:
        def change(blocks: list[Block]) -> str:
            # The metadata is the post's: an update without it would take it away.
            content = _content(parcel.item, parcel.item.post_id, blocks)
            answer = self.line.do(
                workspace, "chat.update", channel=parcel.channel, ts=parcel.ts, **content
            )
            return str(answer["ts"])

        return change

    def _upload(self, workspace: Workspace, parcel: Parcel) -> str:
        payload = parcel.item.payload
        files = [Path(name) for name in payload["files"]]
        if not all(file.is_file() for file in files):
            raise SlackRefused("file_gone")
        return self.line.upload(workspace, parcel.channel, files, payload["text"], parcel.thread_ts)


def _content(item: OutboxItem, post_id: int | None, blocks: list[Block]) -> dict[str, Any]:
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": str(post_id)}}
    return {"text": item.payload["text"], "blocks": blocks, "metadata": metadata}

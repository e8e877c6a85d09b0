"""A person's words through the real Bolt app, without a network; for `say` and the benchmarks."""

import asyncio
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.slack.app import Edge
from bot.slack.captured import RESPONSE_URL, CapturedLine
from bot.slack.line import Payload
from bot.slack.reading import read_message, read_view
from bot.store.tables import Member, Workspace

SECONDS = 60.0


@dataclass(frozen=True)
class InProcess:
    """Says things as one person in the bot's direct message, and reads what comes back."""

    app: AsyncApp
    edge: Edge
    line: CapturedLine
    workspace: Workspace

    async def say(self, user: str, text: str, ts: str) -> list[Payload]:
        """What the person would be shown for `text`; a slash command, or a message sent at `ts`."""
        body = self._command(user, text) if text.startswith("/") else self._message(user, text, ts)
        answer = await self.app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
        if answer.status != 200:
            raise RuntimeError(f"not acknowledged: {answer.status} {answer.body}")
        async with asyncio.timeout(SECONDS):
            await self.edge.settle()
        return list(self.line.said)

    def _command(self, user: str, text: str) -> Payload:
        command, _, rest = text.partition(" ")
        return {
            **self._envelope(user),
            "command": command,
            "text": rest,
            "channel_id": f"D{user}",
            "channel_name": "directmessage",
            "user_id": user,
            "response_url": RESPONSE_URL,
            "trigger_id": "in-process",
        }

    def _message(self, user: str, text: str, ts: str) -> Payload:
        event = {"type": "message", "channel_type": "im", "channel": f"D{user}"}
        said = {**event, "user": user, "text": text, "ts": ts, "event_ts": ts}
        return {**self._envelope(user), "type": "event_callback", "event_id": ts, "event": said}

    def _envelope(self, user: str) -> Payload:
        enterprise = self.workspace.enterprise_id or None
        return {"team_id": self.workspace.team_id, "enterprise_id": enterprise}


def user_object(member: Member, workspace: Workspace) -> Payload:
    """A member as users.info would tell of them."""
    return {
        "id": member.slack_user,
        "team_id": workspace.team_id,
        "tz": member.zone,
        "locale": member.locale,
        "profile": {"real_name": member.name, "email": member.email},
    }


def read_said(payload: Payload) -> str:
    """What one captured call would show, as text."""
    view = payload.get("view")
    return read_view(view) if isinstance(view, dict) else read_message(payload)

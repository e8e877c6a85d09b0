"""Chooses the way to the bot, waits as long as Slack waits, repeats events as Slack does."""

import asyncio
from dataclasses import dataclass, field

from sandbox.delivery.answer import Answer, Parcel
from sandbox.delivery.http import send_http
from sandbox.delivery.socket import Sockets
from sandbox.kinds import Json
from sandbox.spec import Settings


@dataclass
class Courier:
    """`bot_url` is the request address; without one the bot is expected on Socket Mode."""

    signing_secret: str
    settings: Settings
    bot_url: str = ""
    sockets: Sockets = field(default_factory=Sockets)
    log: list[Json] = field(default_factory=list)
    under_way: int = 0

    async def command(self, form: Json) -> Answer:
        return await self._send(Parcel("command", form))

    async def interaction(self, payload: Json) -> Answer:
        return await self._send(Parcel("interaction", payload))

    async def event(self, body: Json) -> Answer:
        """Deliver an event, up to three times more when it is not taken."""
        parcel = Parcel("event", body)
        answer = await self._send(parcel)
        for attempt, delay in enumerate(self.settings.retry_delays, start=1):
            if answer.error is None or answer.no_retry:
                break
            await asyncio.sleep(delay)
            answer = await self._send(Parcel("event", body, attempt, answer.retry_reason))
        return answer

    async def _send(self, parcel: Parcel) -> Answer:
        self.under_way += 1
        try:
            answer = await self._dispatch(parcel)
        finally:
            self.under_way -= 1
        self.log.append(_entry(parcel, answer))
        del self.log[:-2000]
        return answer

    async def _dispatch(self, parcel: Parcel) -> Answer:
        seconds = self.settings.ack_seconds
        if self.bot_url:
            return await send_http(self.bot_url, parcel, self.signing_secret, seconds)
        return await self.sockets.send(parcel, seconds)


def _entry(parcel: Parcel, answer: Answer) -> Json:
    payload = parcel.payload
    what = payload.get("event", payload)
    return {
        "kind": parcel.kind,
        "type": what.get("type") or what.get("command"),
        "attempt": parcel.attempt,
        "reason": parcel.reason,
        "event_id": payload.get("event_id"),
        "error": answer.error,
    }

"""Delivery by Socket Mode: up to ten connections, round robin, acknowledged envelopes."""

import asyncio
import json
import uuid
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.delivery.answer import NO_SOCKET, TIMED_OUT, Answer, Parcel
from sandbox.kinds import Json

MOST_CONNECTIONS = 10
_TYPE_OF = {"command": "slash_commands", "interaction": "interactive", "event": "events_api"}


@dataclass
class Sockets:
    """The bot's open connections and the envelopes waiting for their acknowledgement."""

    tickets: set[str] = field(default_factory=set)
    connections: list[WebSocket] = field(default_factory=list)
    waiting: dict[str, "asyncio.Future[Answer]"] = field(default_factory=dict)
    turn: int = 0

    async def serve(self, socket: WebSocket, app_id: str) -> None:
        """Hold one connection until either side ends it."""
        if not self._admit(socket.query_params.get("ticket", "")):
            await socket.close(4001)
            return
        await socket.accept()
        if len(self.connections) >= MOST_CONNECTIONS:
            await _disconnect(socket, "too_many_websockets")
            return
        self.connections.append(socket)
        try:
            await socket.send_json(self._hello(app_id))
            await self._listen(socket)
        finally:
            self._forget(socket)

    async def send(self, parcel: Parcel, seconds: float) -> Answer:
        """Deliver over the next connection and wait for the acknowledgement."""
        if not self.connections:
            return NO_SOCKET
        self.turn += 1
        socket = self.connections[self.turn % len(self.connections)]
        envelope = _envelope(parcel)
        future = asyncio.get_running_loop().create_future()
        self.waiting[envelope["envelope_id"]] = future
        try:
            await socket.send_json(envelope)
            return await asyncio.wait_for(future, seconds)
        except TimeoutError:
            return TIMED_OUT
        except (RuntimeError, WebSocketDisconnect):
            self._forget(socket)
            return NO_SOCKET
        finally:
            self.waiting.pop(envelope["envelope_id"], None)

    async def refresh(self, reason: str) -> int:
        """Ask every connection to come again, as Slack does every few hours; returns how many."""
        leaving = list(self.connections)
        for socket in leaving:
            self._forget(socket)
            await _disconnect(socket, reason)
        return len(leaving)

    def _admit(self, ticket: str) -> bool:
        known = ticket in self.tickets
        self.tickets.discard(ticket)
        return known

    async def _listen(self, socket: WebSocket) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                self._acknowledge(await socket.receive_text())

    def _acknowledge(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        future = self.waiting.get(message.get("envelope_id", ""))
        if future is not None and not future.done():
            future.set_result(Answer(None, message.get("payload")))

    def _forget(self, socket: WebSocket) -> None:
        if socket in self.connections:
            self.connections.remove(socket)

    def _hello(self, app_id: str) -> Json:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18_060}
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": debug,
            "connection_info": {"app_id": app_id},
        }


def _envelope(parcel: Parcel) -> Json:
    envelope = {
        "envelope_id": str(uuid.uuid4()),
        "type": _TYPE_OF[parcel.kind],
        "payload": parcel.payload,
        "accepts_response_payload": parcel.kind != "event",
    }
    if parcel.kind == "event":
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return envelope


async def _disconnect(socket: WebSocket, reason: str) -> None:
    with suppress(RuntimeError, WebSocketDisconnect):
        await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
        await socket.close(1000)

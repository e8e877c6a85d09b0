"""News for open pages: a queue per WebSocket, filled when a person's view changes."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.kinds import Json

_EVERYBODY = "*"


@dataclass
class Live:
    """The open pages by person."""

    queues: dict[str, list["asyncio.Queue[Json]"]] = field(default_factory=dict)

    def push(self, user: str, news: Json) -> None:
        """Tell a person's pages what changed; `*` reaches everybody."""
        people = list(self.queues) if user == _EVERYBODY else [user]
        for person in people:
            for queue in self.queues.get(person, []):
                queue.put_nowait({"type": "changed", **news})

    async def serve(self, socket: WebSocket) -> None:
        """Hold one page's connection."""
        user = socket.query_params.get("as", "")
        queue: asyncio.Queue[Json] = asyncio.Queue()
        await socket.accept()
        self.queues.setdefault(user, []).append(queue)
        sender = asyncio.create_task(_send(socket, queue))
        try:
            with suppress(WebSocketDisconnect, RuntimeError):
                while True:
                    await socket.receive_text()
        finally:
            sender.cancel()
            self.queues[user].remove(queue)


async def _send(socket: WebSocket, queue: "asyncio.Queue[Json]") -> None:
    with suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.send_json(await queue.get())

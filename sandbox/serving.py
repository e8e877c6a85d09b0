"""uvicorn for a sandbox: starts like any other, stops the moment it is told to."""

import asyncio
import socket
from contextlib import suppress

import uvicorn

_TICK_SECONDS = 0.1
# How long connections that were asked to end may take before they are left behind.
_FAREWELLS, _BETWEEN_SECONDS = 20, 0.005


class PromptServer(uvicorn.Server):
    """Told to `stop`, it does not look at the clock ten times a second whether it was.

    uvicorn's own farewell sleeps for a tenth of a second after as long a look at the clock.
    """

    _loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """End soon; from any thread, at any time. What is in hand is dropped."""
        self.should_exit = self.force_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._told.set)

    async def main_loop(self) -> None:
        """As uvicorn's, ended by a word as well as by a look."""
        self._told = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), _TICK_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody new, ask those who are there to go, and wait for them no longer than that."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(_FAREWELLS):
            if not (self.server_state.connections or self.server_state.tasks):
                break
            await asyncio.sleep(_BETWEEN_SECONDS)
        for task in self.server_state.tasks:
            task.cancel()

"""Closing a connection without an answer, as a failing network does."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol

Ends = tuple[tuple[str, int] | None, tuple[str, int | None] | None]
_OPEN: dict[Ends, asyncio.Transport] = {}
"""The transports of open connections by both their ends; several servers may share a process."""


class DroppableProtocol(H11Protocol):
    """uvicorn's protocol, which also remembers its transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _OPEN[(self.client, self.server)] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        _OPEN.pop((self.client, self.server), None)
        super().connection_lost(exc)


async def drop(request: Request) -> Response:
    """Cut this request's connection; the response returned reaches nobody."""
    client, server = request.scope["client"], request.scope["server"]
    transport = _OPEN.get((tuple(client), tuple(server)))
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)
    return Response(status_code=503)

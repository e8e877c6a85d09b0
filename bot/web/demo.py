"""The demo's "next day": a signed request moves business time through every due slot in order.

Exists only in the demo; a workspace's clock cannot be moved from outside.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.slack.signature import is_signed


@dataclass
class Demo:
    """`advance` steps to a day and returns when everything due has been said."""

    clock: Clock
    secret: str
    advance: Callable[[date], datetime]
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def next_day(self, request: Request) -> Response:
        """`{"advance_to": "2026-11-24"}` → `{"now": …}`; one day at a time."""
        body = await request.body()
        if not is_signed(self.secret, body, request.headers):
            return JSONResponse({"error": "the request is not signed"}, 401)
        try:
            to_on = date.fromisoformat(json.loads(body)["advance_to"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": 'write {"advance_to": "YYYY-MM-DD"}'}, 400)
        if self.busy.locked():
            return JSONResponse({"error": "a day is being played already"}, 409)
        async with self.busy:
            now = await asyncio.to_thread(self.advance, to_on)
        return JSONResponse({"now": now.isoformat()})

    async def progress(self, _: Request) -> Response:
        """Where business time stands while a day is being played."""
        return JSONResponse({"now": self.clock.now().isoformat(), "running": self.busy.locked()})


def demo_routes(demo: Demo) -> list[Route]:
    """`POST /demo/advance` and `GET /demo/progress`."""
    return [
        Route("/demo/advance", demo.next_day, methods=["POST"]),
        Route("/demo/progress", demo.progress),
    ]

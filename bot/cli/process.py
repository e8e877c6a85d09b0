"""One process of the house: starts its parts, and on SIGTERM stops each after what is in hand."""

import asyncio
import logging
import signal
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime

import uvicorn

from bot.bootstrap import House
from bot.clock import ShiftedClock
from bot.scheduler import advance, ticking
from bot.slack.serving import build_http_handler, socket_mode
from bot.slack.vitals import SlackVitals
from bot.web.app import build_web
from bot.web.demo import Demo
from bot.web.serving import build_server, listen

log = logging.getLogger(__name__)

HOST = "0.0.0.0"
SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True)
class Parts:
    """What this process does: Slack by `http` or `socket`, `clock`, and a `web` for health."""

    http: bool = False
    socket: bool = False
    clock: bool = False
    web: bool = True


def run_parts(house: House, parts: Parts, port: int) -> None:
    """Run until SIGTERM or SIGINT. Raises OSError when the port is taken."""
    with ExitStack() as stack:
        listener = stack.enter_context(listen(HOST, port)) if parts.web else None
        stack.enter_context(_clock(house) if parts.clock else nullcontext())
        asyncio.run(_serve(house, parts, listener))


@contextmanager
def _clock(house: House) -> Iterator[None]:
    """Ticker and sender on threads of their own."""
    stop = threading.Event()
    sender = threading.Thread(target=house.sender.run, args=(stop,), name="sender")
    sender.start()
    try:
        seconds = house.settings.sakidori_tick_seconds
        with ticking(lambda: _tick(house), house.clock, seconds):
            yield
    finally:
        stop.set()
        sender.join()


def _tick(house: House) -> None:
    """What is due, and events whose process died before it had worked them."""
    house.ticker.tick()
    if not house.stopping.is_set():
        house.events.work_all()


async def _serve(house: House, parts: Parts, listener: socket.socket | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        # Left in the opposite order: first nothing new comes in, then what is in hand is finished.
        stack.push_async_callback(house.edge.settle)
        if listener is not None:
            await stack.enter_async_context(_web(house, parts, listener))
        if parts.socket:
            await stack.enter_async_context(_socket(house))
        log.info("started", extra={"action": "started", "port": _port(listener)})
        await stop.wait()
        house.stopping.set()
        log.info("stopping", extra={"action": "stopping"})


@asynccontextmanager
async def _web(house: House, parts: Parts, listener: socket.socket) -> AsyncIterator[None]:
    slack = build_http_handler(house.app) if parts.http else None
    vitals = SlackVitals(house.store, house.edge.pool)
    server = build_server(build_web(slack, vitals, build_demo(house)))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await _until_started(server, serving)
        yield
    finally:
        server.should_exit = True
        await serving


async def _until_started(server: uvicorn.Server, serving: "asyncio.Task[None]") -> None:
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)


@asynccontextmanager
async def _socket(house: House) -> AsyncIterator[None]:
    token = house.settings.slack_app_token
    assert token is not None
    url = house.settings.slack_api_url
    async with socket_mode(house.app, token.get_secret_value(), url):
        yield


def build_demo(house: House) -> Demo | None:
    """The "next day" of the demo; None everywhere else."""
    clock, secret = house.clock, house.settings.slack_signing_secret
    if not house.settings.sakidori_demo or not isinstance(clock, ShiftedClock) or secret is None:
        return None

    def play(to_on: date) -> datetime:
        zone = house.store.list_workspaces()[0].zone
        # The day's files have come in already; they belong to the night before its jobs.
        settle(house)
        return advance(house.ticker, clock, to_on, zone, lambda: settle(house))

    return Demo(clock, secret.get_secret_value(), play)


def settle(house: House) -> None:
    """Work the inbox, let the imports end and empty the outbox, until nothing has anything left.

    Without Slack an outbox is never empty, so that this ends as well when the process is to stop.
    """
    while not house.stopping.is_set() and house.events.work_all() + house.heavy.finish():
        pass
    house.sender.drain(house.stopping)


def _port(listener: socket.socket | None) -> int | None:
    return int(listener.getsockname()[1]) if listener else None

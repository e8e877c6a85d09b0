"""Runs the ASGI application under uvicorn, on a socket that is bound before anything else."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

BACKLOG = 2048


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes any free one. Raises OSError when the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    # Whoever comes before the application is up waits instead of being turned away.
    listener.listen(BACKLOG)
    return listener


class QuietServer(uvicorn.Server):
    """Leaves signals to the process, which has more to stop than the web."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def build_server(app: ASGIApp) -> uvicorn.Server:
    """A server that finishes what is in hand when told to stop."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=10,
    )
    return QuietServer(config)

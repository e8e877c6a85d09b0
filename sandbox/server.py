"""Runs a sandbox on a thread of its own, for tests and for the demo."""

import random
import socket
import threading
import time
from contextlib import suppress
from types import TracebackType

import uvicorn

from sandbox.app import build_app, build_slack
from sandbox.connections import DroppableProtocol
from sandbox.kinds import Json
from sandbox.serving import PromptServer
from sandbox.visitor import Visitor

_START_SECONDS = 60.0


class SandboxServer:
    """A running sandbox; `url` is its root, `api_url` the Web API base ending in /api/."""

    def __init__(self, spec: Json, *, port: int = 0, bot_url: str = "") -> None:
        self._listener = _listen(port)
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.api_url = f"{self.url}/api/"
        self.slack = build_slack(spec, self.url, bot_url)
        self._server = build_server(self.slack_app())
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    def slack_app(self) -> object:
        return build_app(self.slack)

    @property
    def visitor(self) -> Visitor:
        """A driver that acts as a person in front of the page."""
        return Visitor(self.url)

    def point_to(self, bot_url: str) -> None:
        """Deliver to this request address from now on; empty means Socket Mode."""
        self.slack.courier.bot_url = bot_url

    def say(self, user: str, channel: str, text: str) -> Json:
        """Type a line as a person; a line that begins with / is a command."""
        return self.visitor.types(user, channel, text)

    def state(self) -> Json:
        """Everything the sandbox knows, see `GET /sandbox/state`."""
        return self.visitor.get("/sandbox/state")

    def fault(self, method: str, kind: str, **options: float) -> None:
        """Let the next calls of a method fail, see `sandbox.faults`."""
        self.visitor.post("/sandbox/faults", {"method": method, "kind": kind, **options})

    def start(self) -> "SandboxServer":
        """Start serving; returns when requests are answered."""
        self._thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError(f"the sandbox did not start on port {self.port}")
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        """Stop serving and free the port."""
        self._server.stop()
        self._thread.join(_START_SECONDS)
        self._listener.close()

    def __enter__(self) -> "SandboxServer":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])


def build_server(app: object, *, is_quiet: bool = True) -> PromptServer:
    """uvicorn with the protocol that can drop connections."""
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=DroppableProtocol,
        log_level="warning" if is_quiet else "info",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
        ws_ping_interval=None,
    )
    return PromptServer(config)


def free_port() -> int:
    """A port for a process that starts later: below those the system gives to whoever asks."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("a hundred ports are taken")


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    return listener

"""A small page API with no bot behind it: the test says what it answers and reads what came in."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.serving import PromptServer
from tests.page import samples
from tests.sandbox.town import PATIENCE

Json = dict[str, Any]

PAGE = Path(__file__).parents[2] / "sandbox" / "page"


class FakeSandbox:
    """The page's server. Every request body is kept in `calls` as (verb, body)."""

    def __init__(self) -> None:
        self.sockets: list[WebSocket] = []
        self.loop: asyncio.AbstractEventLoop | None = None
        self.url = ""
        self.reset()

    def reset(self) -> None:
        """Back to an empty workspace, for the next test; waits until no page is connected."""
        self.calls: list[tuple[str, Json]] = []
        self.wait_for(lambda: not self.sockets)
        self.workspace = samples.workspace()
        self.messages: dict[str, list[Json]] = {"C1": [], "D1": [], "D2": []}
        self.threads: dict[str, list[Json]] = {}
        self.home: Json | None = None
        self.stack: list[Json] = []
        self.progress: Json = {"running": False, "steps": []}
        self.answers: dict[str, list[Json]] = {}
        self.held: set[str] = set()
        self.is_stream_held = False

    def bodies(self, verb: str) -> list[Json]:
        """What was sent to one verb, oldest first."""
        return [body for name, body in self.calls if name == verb]

    def wait_for(self, look: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until `look` is true; the page's requests come in on another thread."""
        deadline = time.monotonic() + seconds
        while not look():
            assert time.monotonic() < deadline, f"waited in vain; calls so far: {self.calls}"
            time.sleep(0.01)

    def take(self, verb: str, count: int = 1) -> list[Json]:
        """The bodies of exactly so many requests of one kind, once they have come in."""
        self.wait_for(lambda: len(self.bodies(verb)) >= count)
        assert len(self.bodies(verb)) == count
        return self.bodies(verb)

    def answer_next(self, verb: str, *answers: Json) -> None:
        """Give these answers to the next requests of a verb, then {} again."""
        self.answers.setdefault(verb, []).extend(answers)

    def push(self, what: str, **more: Any) -> None:
        """Tell every open page that something changed."""
        assert self.loop is not None
        notice = {"type": "changed", "what": what, **more}
        asyncio.run_coroutine_threadsafe(self._tell(notice), self.loop).result(PATIENCE)

    def drop_sockets(self) -> None:
        """Cut every live connection, as a restart would."""
        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(self._close_all(), self.loop).result(PATIENCE)

    async def _tell(self, notice: Json) -> None:
        for socket_ in list(self.sockets):
            await socket_.send_json(notice)

    async def _close_all(self) -> None:
        for socket_ in list(self.sockets):
            await socket_.close()

    async def read(self, request: Request) -> Response:
        """GET: the state of this moment."""
        query = request.query_params
        name = request.path_params["name"]
        if name == "file":
            return Response(b"a,b\n1,2\n", media_type="text/csv")
        shown: dict[str, Json] = {
            "workspace": self.workspace,
            "view": {"messages": self.messages.get(query.get("channel", ""), [])},
            "thread": {"messages": self.threads.get(query.get("ts", ""), [])},
            "home": {"view": self.home},
            "modal": {"stack": self.stack},
            "progress": self.progress,
        }
        return JSONResponse(shown[name])

    async def act(self, request: Request) -> Response:
        """POST: kept, then answered as the test said, once its verb is not held any more."""
        name = request.path_params["name"]
        body = await self._body(name, request)
        self.calls.append((name, body))
        while name in self.held:
            await asyncio.sleep(0.01)
        if name == "language":
            self._person(body["as"])["locale"] = body["locale"]
        waiting = self.answers.get(name)
        answer = waiting.pop(0) if waiting else {}
        self.stack = answer.pop("then_stack", self.stack)
        self.progress = answer.pop("then_progress", self.progress)
        return JSONResponse(answer, answer.pop("status", 200))

    def _person(self, user_id: str) -> Json:
        return next(user for user in self.workspace["users"] if user["id"] == user_id)

    async def _body(self, name: str, request: Request) -> Json:
        if name != "upload":
            return dict(await request.json())
        async with request.form() as form:
            file = form["file"]
            assert not isinstance(file, str)
            content = (await file.read()).decode()
            return {
                "as": form["as"],
                "channel": form["channel"],
                "name": file.filename,
                "content": content,
            }

    async def live(self, websocket: WebSocket) -> None:
        while self.is_stream_held:
            await asyncio.sleep(0.01)
        await websocket.accept()
        self.loop = asyncio.get_running_loop()
        self.sockets.append(websocket)
        try:
            await websocket.receive_text()
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self.sockets.remove(websocket)


class KeptFiles(StaticFiles):
    """The page's files, kept by the browser for the run, so that each test opens at once."""

    def file_response(self, *args: Any, **named: Any) -> Response:
        response = super().file_response(*args, **named)
        response.headers["Cache-Control"] = "max-age=600"
        return response


def build_app(fake: FakeSandbox) -> Starlette:
    return Starlette(
        routes=[
            Route("/page/api/{name}", fake.read, methods=["GET"]),
            Route("/page/api/{name}", fake.act, methods=["POST"]),
            WebSocketRoute("/page/ws", fake.live),
            Mount("/", KeptFiles(directory=PAGE, html=True)),
        ]
    )


class FakeServer:
    """Serves a FakeSandbox on a free port from a thread of its own."""

    def __init__(self, fake: FakeSandbox) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        fake.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        config = uvicorn.Config(
            build_app(fake),
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=1,
            ws="websockets-sansio",
        )
        self._server = PromptServer(config)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])

    def __enter__(self) -> "FakeServer":
        self._thread.start()
        deadline = time.monotonic() + PATIENCE
        while not self._server.started:
            assert time.monotonic() < deadline, "the fake page API did not start"
            time.sleep(0.01)
        return self

    def __exit__(self, *problem: object) -> None:
        self._server.stop()
        self._thread.join(PATIENCE)
        self._listener.close()

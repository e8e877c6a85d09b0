"""A bare HTTP server that records what it is sent and answers as told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_sdk.signature import SignatureVerifier


@dataclass
class Received:
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body))

    def is_signed(self, secret: str) -> bool:
        return SignatureVerifier(secret).is_valid_request(self.body, self.headers)


@dataclass
class Recorder:
    """`answers` are (status, body, what to wait for, headers) in turn; then 200 and nothing."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: list[tuple[int, bytes, threading.Event | None, dict[str, str]]] = field(
        default_factory=list
    )

    def answer(
        self,
        status: int = 200,
        body: Any = b"",
        until: threading.Event | None = None,
        **headers: str,
    ) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, content, until, named))

    def events(self) -> list[dict[str, Any]]:
        return [each.json()["event"] for each in self.received]


@contextmanager
def recording() -> Iterator[Recorder]:
    recorder = Recorder()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            recorder.received.append(Received(dict(self.headers), body))
            plain = (200, b"", None, dict[str, str]())
            status, content, until, headers = recorder.answers.pop(0) if recorder.answers else plain
            if until is not None:
                until.wait()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    recorder.url = f"http://127.0.0.1:{server.server_port}/slack/events"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield recorder
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)

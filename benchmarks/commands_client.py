"""Clients for the command benchmark: raw HTTP over kept connections, and a Slack that listens.

Hand-made, because a full HTTP client would be slower than the servers it measures.
"""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.commands_data import TEAM, USER

SECRET = "benchmark-signing-secret"
PATH = "/slack/events"


def build_request(port: int, text: str, response_url: str) -> bytes:
    """A signed `/health TEXT`, good for five minutes."""
    form = {
        "team_id": TEAM,
        "channel_id": "D0BENCH",
        "channel_name": "directmessage",
        "user_id": USER,
        "command": "/health",
        "text": text,
        "response_url": response_url,
        "trigger_id": "1.1",
    }
    body = urlencode(form).encode()
    stamp = str(int(time.time())).encode()
    signature = hmac.new(SECRET.encode(), b"v0:%b:%b" % (stamp, body), hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp.decode()}\r\n"
        f"X-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class Connection:
    """One kept connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, request: bytes) -> tuple[int, int]:
        """Status and length of the answer, which is read to its end."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = _length(head)
        if length:
            await self.reader.readexactly(length)
        return int(head[9:12]), length


async def connect(port: int) -> Connection:
    """A connection to a server on this machine."""
    return Connection(*await asyncio.open_connection("127.0.0.1", port))


@dataclass
class Load:
    """What a number of clients saw in a while; a bot that is busy says so inside its ack."""

    seconds: float
    latencies: list[float]
    failures: int = 0
    busy: int = 0

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def at(self, share: float) -> float:
        """The latency that `share` of all stayed below, in seconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def press(port: int, request: bytes, clients: int, seconds: float) -> Load:
    """`clients` connections, each asking again as soon as it is answered."""
    connections = [await connect(port) for _ in range(clients)]
    load = Load(seconds, [])
    began = time.perf_counter()
    await asyncio.gather(*(_ask_on(each, request, began + seconds, load) for each in connections))
    load.seconds = time.perf_counter() - began
    for each in connections:
        each.writer.close()
    return load


async def _ask_on(connection: Connection, request: bytes, until: float, load: Load) -> None:
    while (sent := time.perf_counter()) < until:
        status, length = await connection.send(request)
        load.latencies.append(time.perf_counter() - sent)
        load.failures += status != 200
        load.busy += length > 0


@dataclass
class ListeningSlack:
    """Answers users.info and takes what is sent to `response_url`s."""

    port: int = 0
    texts: list[str] = field(default_factory=list)
    heard: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> asyncio.Server:
        """Listen on a free port."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        path = head.split(b" ", 2)[1].decode()
        if path.startswith("/response"):
            self.heard.put_nowait(json.loads(body)["text"])
        answer = json.dumps(_user() if "users.info" in path else {"ok": True}).encode()
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(answer), answer)
        )
        await writer.drain()
        writer.close()


def _user() -> dict[str, object]:
    user = {"id": USER, "team_id": TEAM, "tz": "Asia/Tokyo", "locale": "ja-JP", "name": "bench"}
    return {"ok": True, "user": {**user, "profile": {"real_name": "bench"}}}


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0

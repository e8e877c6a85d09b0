"""Slash commands under load: the acknowledgement path against a bare ASGI app, and `/health`.

The servers run as processes of their own under the same uvicorn; 64 clients send signed requests
over kept connections, to one server after the other in turn. The peer does the least anybody can:
it checks Slack's signature and says 200. Usage: python benchmarks/commands.py [--json FILE]
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.commands_client import SECRET, ListeningSlack, Load, build_request, connect, press
from benchmarks.commands_data import ACCOUNTS, build, name_of
from benchmarks.harness import Target, finish, list_versions, probe_noise

CLIENTS = 64
ALONE = 60
PACKAGES = ("slack-bolt", "slack-sdk", "starlette", "uvicorn", "sqlalchemy", "jinja2")


def main() -> int:
    """Measure, print, write; 1 when a promise was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    asked = parser.parse_args()
    before = probe_noise()
    with tempfile.TemporaryDirectory() as folder:
        url = build(Path(folder))
        report = asyncio.run(_measure(Path(folder), url, asked.rounds, asked.seconds))
    report |= {
        "versions": list_versions(*PACKAGES),
        "settings": {"clients": CLIENTS, "rounds": asked.rounds, "seconds": asked.seconds},
        "noise": {"before": before, "after": probe_noise()},
    }
    _print(report)
    return 0 if finish("commands", report, _targets(report), asked.json) else 1


async def _measure(folder: Path, url: str, rounds: int, seconds: float) -> dict[str, Any]:
    slack = ListeningSlack()
    async with await slack.start():
        report: dict[str, Any] = {"accounts": ACCOUNTS}
        with _server("bare", folder, url, slack) as bare, _server("ack", folder, url, slack) as ack:
            loads = await _take_turns({"bare": bare, "ack": ack}, slack, rounds, seconds)
        report["acknowledging"] = {name: _told(each) for name, each in loads.items()}
        ratios = [a.per_second / b.per_second for a, b in zip(*_pair(loads), strict=True)]
        report["ratio"] = {"median": median(ratios), "least": min(ratios), "most": max(ratios)}
        with _server("health", folder, url, slack) as port:
            report["alone"] = await _reply_times(port, slack)
            report["health"] = await _under_load(port, slack, seconds)
        return report


async def _take_turns(
    ports: dict[str, int], slack: ListeningSlack, rounds: int, seconds: float
) -> dict[str, list[Load]]:
    loads: dict[str, list[Load]] = {name: [] for name in ports}
    for number in range(rounds + 1):
        for name, port in ports.items():
            load = await _press_health(port, slack, CLIENTS, seconds)
            # The first round warms up.
            if number:
                loads[name].append(load)
    return loads


async def _press_health(port: int, slack: ListeningSlack, clients: int, seconds: float) -> Load:
    request = build_request(port, name_of(4711), f"{slack.url}/response/1")
    load = await press(port, request, clients, seconds)
    if load.failures:
        raise RuntimeError(f"{load.failures} of {len(load.latencies)} requests failed")
    return load


async def _reply_times(port: int, slack: ListeningSlack) -> dict[str, float]:
    """One client: from the command to the card at its `response_url`."""
    times = []
    for number in range(ALONE):
        began = time.perf_counter()
        request = build_request(port, name_of(number * 150), f"{slack.url}/response/1")
        connection = await connect(port)
        await connection.send(request)
        text = await asyncio.wait_for(slack.heard.get(), 30)
        times.append(time.perf_counter() - began)
        if name_of(number * 150) not in text:
            raise RuntimeError(f"not the card that was asked for: {text}")
    kept = sorted(times[5:])
    return {"median_s": median(kept), "p99_s": kept[int(len(kept) * 0.99)]}


async def _under_load(port: int, slack: ListeningSlack, seconds: float) -> dict[str, float]:
    """64 clients: acknowledgements, the queue while it lasts, and what people were told."""
    load, most = await asyncio.gather(
        _press_health(port, slack, CLIENTS, seconds * 2), _watch_queue(port, seconds * 2)
    )
    while await _queue(port):
        await asyncio.sleep(0.1)
    replies = [slack.heard.get_nowait() for _ in range(slack.heard.qsize())]
    cards = sum(name_of(4711) in text for text in replies)
    if cards != len(replies):
        raise RuntimeError(f"{len(replies) - cards} replies were no cards")
    return {
        "acks_per_s": load.per_second,
        "ack_median_s": load.at(0.5),
        "ack_p99_s": load.at(0.99),
        "queue_most": most,
        "queue_limit": await _queue(port, "sakidori_queue_limit"),
        "asked": len(load.latencies),
        "told_busy": load.busy,
        "answered": len(replies) + load.busy,
    }


async def _watch_queue(port: int, seconds: float) -> float:
    until, most = time.perf_counter() + seconds, 0.0
    while time.perf_counter() < until:
        most = max(most, await _queue(port))
        await asyncio.sleep(0.2)
    return most


async def _queue(port: int, name: str = "sakidori_queue") -> float:
    def read() -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
            return str(answer.read().decode())

    lines = (await asyncio.to_thread(read)).splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(f"{name} ")))


@contextmanager
def _server(kind: str, folder: Path, url: str, slack: ListeningSlack) -> Iterator[int]:
    port_file = folder / f"{kind}.port"
    environment = {
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack.url}/api/",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "benchmarks.commands_server", kind, str(port_file)]
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        yield _wait_for(port_file, process)
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port_file: Path, process: "subprocess.Popen[bytes]") -> int:
    """The port is written before the application is built; connecting waits for the rest."""
    for _ in range(600):
        if port_file.exists() and port_file.read_text():
            return int(port_file.read_text())
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{port_file.stem} did not start")


def _pair(loads: dict[str, list[Load]]) -> tuple[list[Load], list[Load]]:
    return loads["ack"], loads["bare"]


def _told(loads: list[Load]) -> dict[str, float]:
    return {
        "per_s": median(load.per_second for load in loads),
        "median_s": median(load.at(0.5) for load in loads),
        "p99_s": median(load.at(0.99) for load in loads),
    }


def _targets(report: dict[str, Any]) -> list[Target]:
    health, alone = report["health"], report["alone"]
    return [
        Target("acknowledging / bare ASGI", report["ratio"]["median"], 0.35, is_floor=True),
        Target("/health under load, ack p99 in s", health["ack_p99_s"], 1.0),
        Target("queue under load", health["queue_most"], health["queue_limit"]),
        Target("every command answered", health["answered"], health["asked"], is_floor=True),
        Target("/health alone, reply median in s", alone["median_s"], 0.3),
    ]


def _print(report: dict[str, Any]) -> None:
    for name, figures in report.items():
        print(f"{name}: {figures}")


if __name__ == "__main__":
    sys.exit(main())

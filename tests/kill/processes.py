"""Processes of the bot: started warm (forked) or cold, watched by their logs, killed, reaped."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psutil

STARTED = "said=started"


class Running(Protocol):
    """A process of ours; `poll` gives its exit code, None while it runs."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self) -> int: ...


@dataclass
class Nursery:
    """Starts processes whose code is read already; one at a time may ask."""

    helper: "subprocess.Popen[str]"
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        errors: Path | None = None,
        module: str = "bot.cli",
    ) -> "Forked":
        """A new process, by the `main` of a module; its errors go to the log or their own file."""
        asked = {
            "start": list(words),
            "module": module,
            "environment": dict(environment),
            "log": str(log),
            "errors": str(errors or log),
        }
        return Forked(self, int(self.ask(asked)))

    def ask(self, asked: Mapping[str, object]) -> Any:
        """The answer to one line."""
        assert self.helper.stdin is not None
        assert self.helper.stdout is not None
        with self.lock:
            self.helper.stdin.write(json.dumps(asked) + "\n")
            self.helper.stdin.flush()
            return json.loads(self.helper.stdout.readline())


@dataclass
class Forked:
    """A process of the nursery."""

    nursery: Nursery
    pid: int
    code: int | None = None

    def poll(self) -> int | None:
        return self._look(is_patient=False)

    def wait(self) -> int:
        code = self._look(is_patient=True)
        assert code is not None
        return code

    def _look(self, *, is_patient: bool) -> int | None:
        if self.code is None:
            self.code = self.nursery.ask({"look": self.pid, "is_patient": is_patient})
        return self.code


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    """A nursery; its process ends with the block."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with (folder / "nursery.log").open("ab") as log:
        helper = subprocess.Popen(
            [sys.executable, "-m", "tests.kill.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=environment,
        )
    assert helper.stdin is not None
    assert helper.stdout is not None
    if helper.stdout.readline() != '"ready"\n':
        raise RuntimeError(f"the nursery did not start, see {log.name}")
    try:
        yield Nursery(helper)
    finally:
        helper.stdin.close()
        helper.wait()
        helper.stdout.close()


@dataclass
class Part:
    """One process of the bot, whatever number of times it was started."""

    name: str
    words: tuple[str, ...]
    running: Running
    log: Path
    began_at: float

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.running.poll() is None

    @property
    def has_started(self) -> bool:
        """Whether it says that it is at work."""
        return STARTED in self.log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> bool:
        """SIGKILL; False when it had ended by itself."""
        if not self.is_alive:
            return False
        with suppress(ProcessLookupError):
            os.kill(self.running.pid, signal.SIGKILL)
        return self.running.wait() == -signal.SIGKILL

    def stop(self) -> int:
        """SIGTERM, and wait for what it has in hand."""
        if self.is_alive:
            os.kill(self.running.pid, signal.SIGTERM)
        return self.running.wait()


@dataclass
class Starter:
    """Starts parts in one environment; `business_ahead` is set by whoever moves time."""

    warm: Nursery
    folder: Path
    environment: Mapping[str, str]
    business_ahead: float = 0.0
    starts: int = 0

    def start(self, name: str, *words: str, is_cold: bool = False) -> Part:
        """A new process with a log of its own."""
        self.starts += 1
        log = self.folder / f"{self.starts:04d}-{name}.log"
        log.touch()
        told = {**self.environment, "SAKIDORI_DEMO_AHEAD": str(self.business_ahead)}
        running: Running = _cold(words, told, log) if is_cold else self.warm.start(words, told, log)
        return Part(name, words, running, log, time.monotonic())

    def children(self) -> list[psutil.Process]:
        """Heavy work under way, that of dead parents too: it names our folder."""
        return [each for each in psutil.process_iter() if self._is_ours(each)]

    def _is_ours(self, process: psutil.Process) -> bool:
        with suppress(psutil.Error):
            if process.cmdline()[1:4] == ["-m", "bot.cli", "work"]:
                state = process.environ().get("SAKIDORI_STATE_DIR")
                return state == self.environment["SAKIDORI_STATE_DIR"]
        return False


def _cold(words: Sequence[str], told: Mapping[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "bot.cli", *words], env=dict(told), stdout=file, stderr=file
        )

"""Heavy work in a child process of its own, so that this one never loads pandas.

A child is `sakidori work NAME`: arguments as JSON on its standard input, the result as JSON on its
standard output. Refuses to start more children than `most` at a time; the rest wait.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from bot.clock import Clock
from bot.core.refusal import Refusal

log = logging.getLogger(__name__)

# Two cores of a small machine: one child, and one left for the people.
MOST_AT_ONCE = 1
# What sees to it that work which took too long is not begun for ever.
_AFTER_TIMEOUT = {"read_received": "set_back", "apply_confirmed": "set_back"}
# What tells whoever waits for work that came to any end without an answer, and what it must know.
_AFTER_END = {
    "simulate_model": ("tell_unsimulated", ("asked_id",)),
    "validity": ("tell_unlooked", ("run_id", "slack_user")),
}


class Ended(RuntimeError):
    """The child came to its end without an answer; `pid` is what it was."""

    def __init__(self, told: str, pid: int) -> None:
        super().__init__(told)
        self.pid = pid


class TookTooLong(Ended):
    """The child was killed at its time limit."""

    def __init__(self, name: str, pid: int, seconds: float) -> None:
        super().__init__(f"{name} took longer than {seconds:g} seconds", pid)


class ChildProcesses:
    """Implements `HeavyWork`; `environment` is what the child is told beside our own."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        clock: Clock,
        seconds: float,
        most: int = MOST_AT_ONCE,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._seconds = seconds
        # Idle threads of the linear algebra spin, and slow down everything else on two cores.
        self._environment = {"OPENBLAS_NUM_THREADS": "1", **os.environ, **environment}
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="children")
        self._lock = threading.Lock()
        self._waiting: set[str] = set()
        self._begun: set[Future[dict[str, object]]] = set()

    @property
    def folder(self) -> Path:
        """Where files lie that a child is to work on."""
        return self._folder

    def start(self, name: str, **arguments: object) -> None:
        """Begin in the background; what goes wrong is logged, the work itself tells people.

        The same work asked for again before it has begun is one piece of work.
        """
        key = json.dumps([name, arguments], sort_keys=True, default=str)
        with self._lock:
            if key in self._waiting:
                return
            self._waiting.add(key)
        future = self._threads.submit(self._begin, key, name, arguments)
        with self._lock:
            self._begun.add(future)
        future.add_done_callback(self._ended)

    def _begin(self, key: str, name: str, arguments: dict[str, object]) -> dict[str, object]:
        with self._lock:
            self._waiting.discard(key)
        try:
            return self.run(name, **arguments)
        except Ended as end:
            after, names = _find_after(name, end)
            if after is None:
                raise
            log.warning("%s", end, extra={"action": "child_killed", "work": name})
            told = {each: arguments[each] for each in ("workspace_id", *names)}
            return self.run(after, pid=end.pid, **told)

    def run(self, name: str, **arguments: object) -> dict[str, object]:
        """Do the work and wait; raises the child's `Refusal`, or `Ended` with its last words.

        A child that takes longer than the limit is killed: `TookTooLong`. What a child that did
        its work wrote to its log goes to ours, so that the reference people are told is found.
        """
        said, problem = self._talk(name, json.dumps(arguments))
        sys.stderr.write(problem)
        answer: dict[str, object] = json.loads(said)
        return _unless_refused(answer)

    def _talk(self, name: str, arguments: str) -> tuple[str, str]:
        with subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "work", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**self._environment, **self._business_time()},
        ) as child:
            try:
                said, problem = child.communicate(arguments, self._seconds)
            except subprocess.TimeoutExpired as end:
                raise TookTooLong(name, child.pid, self._seconds) from end
            finally:
                # One that has ended is left as it is.
                child.kill()
        if child.returncode != 0:
            raise Ended(f"{name} ended with {child.returncode}: {problem[-2000:]}", child.pid)
        return said, problem

    def _business_time(self) -> dict[str, str]:
        """The demo's clock runs ahead; a child must live on the same day."""
        ahead = self._clock.now() - self._clock.real_now()
        return {"SAKIDORI_DEMO_AHEAD": str(ahead.total_seconds())}

    def finish(self) -> int:
        """Wait for everything started so far; how many pieces of work that were."""
        with self._lock:
            begun = list(self._begun)
        wait(begun)
        return len(begun)

    def _ended(self, future: "Future[dict[str, object]]") -> None:
        with self._lock:
            self._begun.discard(future)
        _log_fault(future)

    def close(self) -> None:
        """Wait for the children in hand."""
        self._threads.shutdown(wait=True)


def _find_after(name: str, end: Ended) -> tuple[str | None, tuple[str, ...]]:
    """The work that follows, and the arguments it is told."""
    if name in _AFTER_END:
        return _AFTER_END[name]
    return (_AFTER_TIMEOUT.get(name) if isinstance(end, TookTooLong) else None), ()


def _unless_refused(answer: dict[str, object]) -> dict[str, object]:
    code = answer.get("refused")
    if isinstance(code, str):
        params = answer.get("params")
        raise Refusal(code, **(params if isinstance(params, dict) else {}))
    return answer


def _log_fault(future: "Future[dict[str, object]]") -> None:
    problem = future.exception()
    if problem is not None:
        log.error("child failed", exc_info=problem, extra={"action": "child_failed"})

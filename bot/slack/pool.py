"""A small pool of threads with a queue that ends: when it is full the person is told so at once."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bot.core.refusal import Busy

T = TypeVar("T")
log = logging.getLogger(__name__)


class Pool:
    """`workers` threads and room for `waiting` more pieces of work."""

    def __init__(self, name: str, workers: int, waiting: int) -> None:
        self.name = name
        self.most = workers + waiting
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._room = threading.Semaphore(self.most)
        self._inside = 0
        self._count = threading.Lock()

    @property
    def load(self) -> int:
        """How many pieces of work are running or waiting."""
        return self._inside

    @property
    def is_full(self) -> bool:
        """Whether the next piece would be refused."""
        return self._inside >= self.most

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Have `work` done soon; raises `Busy` when the queue is full."""
        if not self._room.acquire(blocking=False):
            raise Busy
        self._move(1)
        future = self._threads.submit(work)
        future.add_done_callback(self._left)
        return future

    def close(self) -> None:
        """Take nothing more and finish what is in hand."""
        self._threads.shutdown(wait=True)

    def _left(self, future: "Future[T]") -> None:
        self._move(-1)
        self._room.release()
        problem = future.exception() if not future.cancelled() else None
        if problem is not None:
            log.error("work failed", exc_info=problem, extra={"action": f"pool:{self.name}"})

    def _move(self, by: int) -> None:
        with self._count:
            self._inside += by

"""Whether the process can do its work: database, queue, and whether clock and sender keep up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.slack.pool import Pool
from bot.store import backlog
from bot.store.unit import Store, Unit

# The clock ticks every 20 s and the sender never sleeps long; a slow job may take the rest.
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class SlackVitals:
    """Implements `Vitals` of the web room."""

    store: Store
    pool: Pool

    def check(self) -> dict[str, str]:
        """Of `database`, `queue` and `clock`: "ok", or what is wrong."""
        queue = "full" if self.pool.is_full else "ok"
        try:
            overdue = self.count(lambda unit: backlog.count_overdue(unit, LATE))
        except SQLAlchemyError as problem:
            return {"database": type(problem).__name__, "queue": queue, "clock": "unknown"}
        clock = f"{overdue} messages are overdue" if overdue else "ok"
        return {"database": "ok", "queue": queue, "clock": clock}

    def count(self, of: Callable[[Unit], int]) -> int:
        """The sum of `of` over all workspaces."""
        total = 0
        for workspace in self.store.list_workspaces():
            with self.store.reading(workspace.id) as unit:
                total += of(unit)
        return total

    def figures(self) -> dict[str, tuple[str, float]]:
        """Name → (meaning, value), for Prometheus."""
        return {
            "sakidori_queue": ("work in hand", self.pool.load),
            "sakidori_queue_limit": ("room for work", self.pool.most),
            "sakidori_outbox": ("messages waiting", self.count(backlog.count_outbox)),
            "sakidori_inbox": ("events not worked", self.count(backlog.count_inbox)),
        }

"""Whether the process can do its work, for a supervisor; and figures for Prometheus."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.slack.pool import Pool
from bot.store import backlog
from bot.store.unit import Store, Unit

# The clock ticks every 20 s and the sender never sleeps long; a slow job may take the rest.
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Health:
    """What is looked at: the database, the queue, and whether clock and sender keep up."""

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

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Prometheus asks for the figures each time it comes by."""
        queue, outbox, inbox = (
            self.pool.load,
            self.count(backlog.count_outbox),
            self.count(backlog.count_inbox),
        )
        yield GaugeMetricFamily("sakidori_queue", "work running or waiting", value=queue)
        yield GaugeMetricFamily("sakidori_queue_limit", "room for work", value=self.pool.most)
        yield GaugeMetricFamily("sakidori_outbox", "messages not said or settled", value=outbox)
        yield GaugeMetricFamily("sakidori_inbox", "events not worked", value=inbox)


def health_routes(health: Health) -> list[Route]:
    """`/healthz` (503 where something is wrong) and `/metrics`."""
    figures = CollectorRegistry()
    figures.register(health)

    async def healthz(_: Request) -> Response:
        found = await asyncio.to_thread(health.check)
        is_well = set(found.values()) == {"ok"}
        return JSONResponse(found, 200 if is_well else 503)

    async def metrics(_: Request) -> Response:
        text = await asyncio.to_thread(generate_latest, figures)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/metrics", metrics)]

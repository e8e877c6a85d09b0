"""Whether the process can do its work, for a supervisor; and figures for Prometheus."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


class Vitals(Protocol):
    """What can be asked of a process."""

    def check(self) -> Mapping[str, str]:
        """Of each part: "ok", or what is wrong."""

    def figures(self) -> Mapping[str, tuple[str, float]]:
        """Name → (meaning, value)."""


@dataclass(frozen=True)
class Gauges(Collector):
    """Reads the figures anew each time Prometheus comes by."""

    vitals: Vitals

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, (meaning, value) in self.vitals.figures().items():
            yield GaugeMetricFamily(name, meaning, value=value)


def health_routes(vitals: Vitals) -> list[Route]:
    """`/healthz` (503 where something is wrong) and `/metrics`."""

    async def healthz(_: Request) -> Response:
        found = await asyncio.to_thread(vitals.check)
        is_well = set(found.values()) == {"ok"}
        return JSONResponse(dict(found), 200 if is_well else 503)

    async def metrics(_: Request) -> Response:
        registry = CollectorRegistry(auto_describe=False)
        registry.register(Gauges(vitals))
        text = await asyncio.to_thread(generate_latest, registry)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/metrics", metrics)]

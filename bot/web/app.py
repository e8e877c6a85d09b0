"""The ASGI application: Slack's requests, health, figures, and the demo's "next day"."""

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from bot.slack.serving import EVENTS_PATH
from bot.web.demo import Demo, demo_routes
from bot.web.health import Vitals, health_routes


def build_web(slack: ASGIApp | None, vitals: Vitals, demo: Demo | None = None) -> Starlette:
    """The application; `slack` is None under Socket Mode, `demo` everywhere but in the demo."""
    routes: list[BaseRoute] = [*health_routes(vitals)]
    if slack is not None:
        routes.insert(0, Route(EVENTS_PATH, slack, methods=["POST"]))
    if demo is not None:
        routes += demo_routes(demo)
    return Starlette(routes=routes)

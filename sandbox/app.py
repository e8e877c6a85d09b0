"""The sandbox's ASGI application: Web API, Socket Mode, answers, files, page and controls."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from sandbox.api.dispatch import web_api
from sandbox.api.families import method_table
from sandbox.control import CONTROL_ROUTES
from sandbox.delivery.courier import Courier
from sandbox.delivery.responses import response_url
from sandbox.file_hosting import FILE_ROUTES
from sandbox.install import INSTALL_ROUTES
from sandbox.kinds import Json
from sandbox.site.live import Live
from sandbox.site.routes import PAGE_ROUTES
from sandbox.slack import Slack, build_limiter
from sandbox.spec import read_workspace
from sandbox.state.world import build_world

PAGE = Path(__file__).parent / "page"


def build_slack(spec: Json, base_url: str, bot_url: str = "") -> Slack:
    """A workspace ready to serve; raises ValueError when the spec is wrong."""
    world = build_world(read_workspace(spec))
    workspace = world.workspace
    courier = Courier(workspace.app.signing_secret, workspace.settings, bot_url)
    live = Live()
    world.watchers.append(live.push)
    return Slack(spec, base_url, world, courier, live, build_limiter(world))


def build_app(slack: Slack) -> Starlette:
    """The application that serves one workspace."""
    app = Starlette(routes=_routes())
    app.state.slack = slack
    return app


def _routes() -> list[BaseRoute]:
    routes: list[BaseRoute] = [
        Route("/api/{method}", web_api, methods=["GET", "POST"]),
        Route("/response/{team}/{name}", response_url, methods=["POST"]),
        WebSocketRoute("/link/", _link),
        WebSocketRoute("/page/ws", _page_socket),
        *FILE_ROUTES,
        *INSTALL_ROUTES,
        *CONTROL_ROUTES,
        *PAGE_ROUTES,
    ]
    if PAGE.is_dir():
        routes.append(Mount("/", StaticFiles(directory=PAGE, html=True)))
    else:
        routes.append(Route("/", _no_page))
    return routes


async def _link(socket: WebSocket) -> None:
    slack: Slack = socket.app.state.slack
    await slack.courier.sockets.serve(socket, slack.world.workspace.app.id)


async def _page_socket(socket: WebSocket) -> None:
    slack: Slack = socket.app.state.slack
    await slack.live.serve(socket)


async def _no_page(request: Request) -> Response:
    return JSONResponse({"sandbox": "running", "methods": sorted(method_table())})

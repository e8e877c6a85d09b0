"""The simple half of OAuth: the consent page that redirects back with a code."""

import secrets
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.slack import Slack


async def authorize(request: Request) -> Response:
    """Say yes at once: redirect to the app with a code and its own state."""
    slack: Slack = request.app.state.slack
    query = request.query_params
    if query.get("client_id") != slack.world.workspace.app.client_id:
        return PlainTextResponse("invalid_client_id", 400)
    if "redirect_uri" not in query:
        return PlainTextResponse("bad_redirect_uri", 400)
    code = secrets.token_hex(8)
    slack.world.oauth_codes[code] = query.get("scope", "")
    back = urlencode({"code": code, "state": query.get("state", "")})
    joint = "&" if "?" in query["redirect_uri"] else "?"
    return RedirectResponse(f"{query['redirect_uri']}{joint}{back}", 302)


INSTALL_ROUTES = [Route("/oauth/v2/authorize", authorize)]

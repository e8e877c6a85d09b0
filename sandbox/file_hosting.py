"""Slack's file hosts: the upload address and the private download address."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.api.dispatch import before_writing
from sandbox.connections import drop
from sandbox.faults import OF_DOWNLOADS, Fault
from sandbox.slack import Slack


async def upload(request: Request) -> Response:
    """Take a file's bytes, raw or as a form field; the size must be the one announced."""
    slack: Slack = request.app.state.slack
    fault = slack.faults.choose("upload")
    if fault is not None:
        early = await before_writing(request, fault)
        if early is not None:
            return early
    file = slack.world.files.get(request.path_params["file_id"])
    if file is None or file.completed:
        return PlainTextResponse("not found", 404)
    content = await _content(request)
    if len(content) != file.expected_size:
        return PlainTextResponse(f"expected {file.expected_size} bytes", 400)
    file.content = content
    if fault is not None and fault.kind == "drop_after":
        return await drop(request)
    return PlainTextResponse(f"OK - {len(content)}")


async def _content(request: Request) -> bytes:
    if "multipart/form-data" not in request.headers.get("content-type", ""):
        return await request.body()
    async with request.form() as form:
        files = [each for each in form.values() if not isinstance(each, str)]
        return await files[0].read() if files else b""


async def download(request: Request) -> Response:
    """Give the bytes to a token with files:read; anybody else is sent to a sign-in page."""
    slack: Slack = request.app.state.slack
    fault = slack.faults.choose("download")
    if fault is not None:
        early = await before_writing(request, fault)
        if early is not None:
            return early
    given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    token = slack.world.tokens.get(given)
    if token is None or token.is_revoked or "files:read" not in token.scopes:
        return RedirectResponse(f"{slack.base_url}/signin", 302)
    file = slack.world.files.get(request.path_params["name"].partition("-")[2])
    if file is None or file.content is None:
        return PlainTextResponse("not found", 404)
    if fault is not None and fault.kind in OF_DOWNLOADS:
        return _broken(fault, file.content)
    return Response(file.content, media_type=file.mimetype)


def _broken(fault: Fault, content: bytes) -> Response:
    match fault.kind:
        case "sign_in":
            return _sign_in_page()
        case "cut":
            return Response(content[: len(content) // 2])
        case _:
            return PlainTextResponse("refused", int(fault.kind))


async def sign_in(request: Request) -> Response:
    return _sign_in_page()


def _sign_in_page() -> Response:
    return Response("<!doctype html><title>Sign in</title>Sign in", media_type="text/html")


FILE_ROUTES = [
    Route("/upload/{file_id}", upload, methods=["POST", "PUT"]),
    Route("/files-pri/{name}/{filename:path}", download),
    Route("/signin", sign_in),
]

"""The page API's addresses."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.site import daily, forms, pressing, reading, talking
from sandbox.site.door import PageError

Endpoint = Callable[[Request], Awaitable[Response]]


def _politely(endpoint: Endpoint) -> Endpoint:
    """Requests the page should not have made are answered with 400 and the reason."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except PageError as problem:
            return JSONResponse({"error": str(problem)}, 400)
        except KeyError as problem:
            return JSONResponse({"error": f"the request lacks {problem}"}, 400)

    return answer


_READING: dict[str, Endpoint] = {
    "workspace": reading.workspace,
    "view": reading.channel_view,
    "thread": reading.thread,
    "home": reading.home,
    "modal": reading.modal,
    "file": reading.file_content,
    "progress": daily.progress,
}

_ACTING: dict[str, Endpoint] = {
    "message": talking.message,
    "reaction": talking.reaction,
    "upload": talking.upload,
    "language": talking.language,
    "open-home": talking.open_home,
    "shortcut": talking.shortcut,
    "action": pressing.action,
    "suggest": pressing.suggest,
    "submit": forms.submit,
    "close": forms.close,
    "next-day": daily.next_day,
}

PAGE_ROUTES = [
    *(Route(f"/page/api/{name}", _politely(each)) for name, each in _READING.items()),
    *(
        Route(f"/page/api/{name}", _politely(each), methods=["POST"])
        for name, each in _ACTING.items()
    ),
]

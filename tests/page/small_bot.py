"""A bot of a few lines behind the real sandbox: one command, one button, one form, one type-ahead.

It knows nothing of signatures; what a real bot must do is tested where the real bot is.
"""

import json
import socket
import threading
import urllib.request
from types import TracebackType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.serving import PromptServer
from tests.page import samples
from tests.sandbox.town import PATIENCE

Json = dict[str, Any]

ACCOUNTS = ("アクメ商事", "アクメ物産")


class SmallBot:
    """Answers the sandbox over HTTP; `api_url` and `token` are for opening the form."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.api_url = ""
        self.payloads: list[Json] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/slack/events"
        app = Starlette(routes=[Route("/slack/events", self._take, methods=["POST"])])
        config = uvicorn.Config(app, log_level="warning", lifespan="off")
        self._server = PromptServer(config)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "SmallBot":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()
        self._thread.join(PATIENCE)
        self._listener.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])

    async def _take(self, request: Request) -> Response:
        if "json" in request.headers["content-type"]:
            return JSONResponse({})
        form = dict(await request.form())
        if "command" in form:
            return JSONResponse(self._card(str(form["text"])))
        payload = json.loads(str(form["payload"]))
        self.payloads.append(payload)
        return JSONResponse(self._answer(payload))

    def _card(self, account: str) -> Json:
        blocks = [
            samples.section(f"🔴 *{account}* ヘルススコア 71 → 48"),
            samples.actions(samples.button("活動を記録", "log_touch")),
        ]
        return {"response_type": "ephemeral", "text": account, "blocks": blocks}

    def _answer(self, payload: Json) -> Json:
        if payload["type"] == "block_suggestion":
            typed = payload["value"]
            found = [name for name in ACCOUNTS if typed in name]
            return {"options": [samples.option(name, name) for name in found]}
        if payload["type"] == "view_submission":
            return self._check(payload["view"]["state"]["values"])
        threading.Thread(target=self._open_form, args=(payload["trigger_id"],)).start()
        return {}

    def _check(self, values: Json) -> Json:
        if len(values["note"]["note_a"]["value"]) < 5:
            errors = {"note": "5文字以上で書いてください。"}
            return {"response_action": "errors", "errors": errors}
        return {"response_action": "clear"}

    def _open_form(self, trigger_id: str) -> None:
        type_ahead = {"type": "external_select", "min_query_length": 1}
        view = samples.modal(
            samples.text_input("note", "所感"), samples.input_block("account", "顧客", type_ahead)
        )
        del view["id"]
        self._call("views.open", {"trigger_id": trigger_id, "view": view})

    def _call(self, method: str, body: Json) -> None:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json; charset=utf-8",
        }
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.api_url + method, data, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            answer = json.load(response)
        assert answer["ok"], answer

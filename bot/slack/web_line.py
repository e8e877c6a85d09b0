"""The real line: slack_sdk with retries where they are harmless and nowhere else."""

import http.client
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
)
from slack_sdk.webhook import WebhookClient

from bot.slack.line import Payload, RateLimited, SlackRefused, Unclear
from bot.slack.tokens import Tokens
from bot.store.tables import Workspace

# Shorter than the outbox's lease, so that an answer never comes after another sender took over.
SECONDS = 10
CHUNK = 1 << 16
BUSINESS_TIME = "X-Business-Time"
_OWN_HOSTS = ("slack.com", "slack-files.com", "slack-edge.com")
_NO_ANSWER = (URLError, OSError, http.client.HTTPException)


class WebLine:
    """Slack's Web API at `base_url` (ending in /api/)."""

    def __init__(
        self,
        base_url: str,
        tokens: Tokens,
        seconds: int = SECONDS,
        tell_time: Callable[[], datetime] | None = None,
    ) -> None:
        self.base_url = base_url
        self.tokens = tokens
        self.seconds = seconds
        self._tell_time = tell_time

    def _headers(self) -> dict[str, str]:
        """In the demo a stand-in is told the business time, so that it stamps messages with it."""
        return {BUSINESS_TIME: self._tell_time().isoformat()} if self._tell_time else {}

    def client_for(self, workspace: Workspace, *, is_patient: bool = False) -> WebClient:
        """The client of `workspace`; a patient one retries, and is for reading alone."""
        token = self.tokens.find(workspace)
        if token is None:
            raise SlackRefused("not_authed")
        return build_client(
            self.base_url,
            token,
            is_patient=is_patient,
            seconds=self.seconds,
            headers=self._headers(),
        )

    def ask(self, workspace: Workspace, method: str, **arguments: Any) -> Payload:
        client = self.client_for(workspace, is_patient=True)
        return read_answer(lambda: client.api_call(method, params=_flat(arguments)))

    def do(self, workspace: Workspace, method: str, **arguments: Any) -> Payload:
        client = self.client_for(workspace)
        return read_answer(lambda: client.api_call(method, json=arguments))

    def respond(self, url: str, payload: Payload) -> None:
        try:
            hook = WebhookClient(
                url, timeout=self.seconds, retry_handlers=[], default_headers=self._headers()
            )
            answer = hook.send_dict(payload)
        except _NO_ANSWER as problem:
            raise Unclear(type(problem).__name__) from problem
        if answer.status_code >= 500:
            raise Unclear(f"http {answer.status_code}")
        if answer.status_code != 200 or '"ok":false' in answer.body.replace(" ", ""):
            raise SlackRefused(_webhook_code(answer.body))

    def fetch(self, workspace: Workspace, url: str, target: Path, most_bytes: int) -> None:
        if not self._is_own(url):
            raise SlackRefused("foreign_host")
        token = self.client_for(workspace).token
        request = Request(url, headers={"Authorization": f"Bearer {token}"})
        try:
            # A redirect would carry the token to whatever host it names.
            with build_opener(_NoRedirect).open(request, timeout=self.seconds) as answer:
                _save(answer, target, most_bytes)
        except HTTPError as problem:
            problem.close()
            raise SlackRefused(f"http_{problem.code}") from problem
        except _NO_ANSWER as problem:
            raise Unclear(type(problem).__name__) from problem

    def upload(
        self,
        workspace: Workspace,
        channel: str,
        files: Sequence[Path],
        text: str,
        thread_ts: str | None,
    ) -> str:
        client = self.client_for(workspace)
        uploads = [{"file": str(path), "filename": path.name} for path in files]
        answer = read_answer(
            lambda: client.files_upload_v2(
                channel=channel, file_uploads=uploads, initial_comment=text, thread_ts=thread_ts
            )
        )
        try:
            shown = self.ask(workspace, "files.info", file=answer["files"][0]["id"])
        except (SlackRefused, Unclear):
            # The files are shared; that nobody says where must not have them shared again.
            return ""
        return _shared_ts(shown["file"], channel)

    def _is_own(self, url: str) -> bool:
        """Slack's own hosts by https; or the very host the Web API itself is at."""
        asked, base = urlsplit(url), urlsplit(self.base_url)
        if asked.netloc == base.netloc:
            return asked.scheme == base.scheme
        host = asked.hostname or ""
        is_known = any(host == own or host.endswith(f".{own}") for own in _OWN_HOSTS)
        return is_known and asked.scheme == "https"


def build_client(
    base_url: str,
    token: str,
    *,
    is_patient: bool,
    seconds: int = SECONDS,
    headers: dict[str, str] | None = None,
) -> WebClient:
    """A Web API client; `is_patient` retries dropped connections and rate limits."""
    patience = [ConnectionErrorRetryHandler(), RateLimitErrorRetryHandler(max_retry_count=2)]
    handlers = patience if is_patient else []
    return WebClient(
        token=token,
        base_url=base_url,
        timeout=seconds,
        retry_handlers=handlers,
        headers=headers or {},
    )


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def read_answer(call: Callable[[], Any]) -> Payload:
    """What a slack_sdk call answered; raises the three kinds of trouble of `line`."""
    try:
        answer = call()
    except SlackApiError as problem:
        raise _trouble(problem) from problem
    except (SlackClientError, *_NO_ANSWER) as problem:
        raise Unclear(type(problem).__name__) from problem
    data = answer.data
    return data if isinstance(data, dict) else {}


def _trouble(problem: SlackApiError) -> Exception:
    answer = problem.response
    status = getattr(answer, "status_code", 200)
    if status == 429:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return RateLimited(float(headers.get("retry-after", 1)))
    data = answer.data if hasattr(answer, "data") else answer
    if status >= 500 or not isinstance(data, dict) or "error" not in data:
        return Unclear(f"http {status}")
    return SlackRefused(str(data["error"]), data)


def _shared_ts(file: Payload, channel: str) -> str:
    """The message a file was shared with; Slack fills this in a moment after the upload."""
    for places in file.get("shares", {}).values():
        for share in places.get(channel, ()):
            return str(share["ts"])
    return ""


def _flat(arguments: Payload) -> Payload:
    return {name: value for name, value in arguments.items() if value is not None}


def _webhook_code(body: str) -> str:
    known = ("invalid_blocks", "expired_url", "used_url", "no_text", "msg_blocks_too_long")
    return next((code for code in known if code in body), "response_refused")


def _save(answer: Any, target: Path, most_bytes: int) -> None:
    size = 0
    with target.open("wb") as file:
        while chunk := answer.read(CHUNK):
            size += len(chunk)
            if size > most_bytes:
                raise SlackRefused("too_large")
            file.write(chunk)

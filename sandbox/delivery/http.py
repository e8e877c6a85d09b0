"""Delivery by HTTP: a signed form or JSON body to the bot's request address."""

import json
from urllib.parse import urlencode

import aiohttp

from sandbox.clock import Clock
from sandbox.delivery.answer import TIMED_OUT, UNREACHABLE, Answer, Parcel
from sandbox.delivery.signing import signed_headers

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


async def send_http(url: str, parcel: Parcel, secret: str, seconds: float) -> Answer:
    """Deliver and wait at most `seconds` for the answer."""
    body, kind = _encoded(parcel)
    headers = {"Content-Type": kind, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
    headers |= signed_headers(secret, body, Clock.epoch())
    if parcel.attempt:
        headers |= {
            "X-Slack-Retry-Num": str(parcel.attempt),
            "X-Slack-Retry-Reason": parcel.reason,
        }
    return await post_signed(url, body, headers, seconds)


async def post_signed(url: str, body: bytes, headers: dict[str, str], seconds: float) -> Answer:
    """POST and read what comes back; a fault becomes an Answer, never an exception."""
    timeout = aiohttp.ClientTimeout(total=seconds)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, data=body, headers=headers, allow_redirects=False) as response,
        ):
            return _answer(response.status, await response.text(), dict(response.headers))
    except TimeoutError:
        return TIMED_OUT
    except aiohttp.ClientError:
        return UNREACHABLE


def _encoded(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.kind == "event":
        return json.dumps(parcel.payload).encode(), _JSON
    if parcel.kind == "interaction":
        return urlencode({"payload": json.dumps(parcel.payload)}).encode(), _FORM
    return urlencode(parcel.payload).encode(), _FORM


def _answer(status: int, text: str, headers: dict[str, str]) -> Answer:
    no_retry = headers.get("X-Slack-No-Retry", "") == "1"
    if status != 200:
        reason = f"http_{status}"
        return Answer("dispatch_failed", text, "http_error", no_retry, {"status": reason})
    return Answer(None, _decoded(text), "", no_retry, headers)


def _decoded(text: str) -> object:
    """JSON where it is JSON, the text itself where it is not, None when there is nothing."""
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text

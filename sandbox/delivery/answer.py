"""What the bot answered to one delivery."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """`error` is what the person would see; `body` is decoded JSON, a text, or None when empty.

    `no_retry` tells that the bot forbade redelivery.
    """

    error: str | None = None
    body: Any = None
    retry_reason: str = ""
    no_retry: bool = False
    headers: dict[str, str] = field(default_factory=dict)


TIMED_OUT = Answer("operation_timeout", retry_reason="http_timeout")
UNREACHABLE = Answer("dispatch_failed", retry_reason="connection_failed")
NO_SOCKET = Answer("dispatch_failed", retry_reason="socket_not_connected")


@dataclass(frozen=True)
class Parcel:
    """One thing to deliver; `kind` is command, interaction or event."""

    kind: str
    payload: dict[str, Any]
    attempt: int = 0
    reason: str = ""

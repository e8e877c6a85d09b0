"""Slack's request signature, also for the demo's own request, which is signed the same way."""

from collections.abc import Mapping

from slack_sdk.signature import SignatureVerifier


def is_signed(secret: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether `body` carries a signature of `secret`, at most five minutes old."""
    return SignatureVerifier(secret).is_valid_request(body, dict(headers))

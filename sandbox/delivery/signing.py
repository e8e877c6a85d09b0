"""Slack's request signature, version v0."""

import hashlib
import hmac


def signed_headers(secret: str, body: bytes, epoch: int) -> dict[str, str]:
    """The two signature headers for a body sent at a real Unix second."""
    base = b"v0:%d:%b" % (epoch, body)
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(epoch), "X-Slack-Signature": f"v0={digest}"}

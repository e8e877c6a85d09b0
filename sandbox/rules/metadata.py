"""Message metadata: an event name and flat values."""

import json
from typing import Any

from sandbox.rules.engine import Problems, wrong_type
from sandbox.rules.problem import Problem

METADATA_BYTES = 8_000
"""Slack documents no figure; this is well under what has been seen refused."""

_KEYS = frozenset({"event_type", "event_payload"})


def check_metadata(metadata: Any, at: str) -> Problems:
    """What is wrong with a metadata object; an empty one clears metadata and is fine."""
    if not isinstance(metadata, dict):
        yield wrong_type(at, "an object", metadata)
        return
    if not metadata:
        return
    for name in sorted(set(metadata) - _KEYS - {"entities"}):
        yield Problem(f"{at}/{name}", "unknown_field", f"is not a field here: {name}")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        yield Problem(f"{at}/event_type", "missing", "is required: event_type")
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict):
        yield Problem(f"{at}/event_payload", "missing", "must be an object of flat values")
        return
    yield from _flat(payload, f"{at}/event_payload")
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > METADATA_BYTES:
        message = f"must be at most {METADATA_BYTES} bytes"
        yield Problem(at, "metadata_too_large", message)


def _flat(payload: dict[str, Any], at: str) -> Problems:
    for name, value in payload.items():
        if not isinstance(value, str | int | float | bool):
            message = "must be a string, a number or true/false"
            yield Problem(f"{at}/{name}", "wrong_type", message)

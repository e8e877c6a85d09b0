"""Cursors: opaque, and refused when made up."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from sandbox.api.call import Call, SlackError
from sandbox.kinds import Json

T = TypeVar("T")


def page_of(call: Call, items: Sequence[T], default: int, highest: int) -> tuple[list[T], Json]:
    """The asked-for slice of `items` and the metadata that leads to the next one."""
    limit = call.args.number("limit", default, highest) if call.args.text("limit") else default
    start = _position(call.args.text("cursor"))
    following = start + limit
    cursor = _cursor(following) if following < len(items) else ""
    return list(items[start:following]), {"next_cursor": cursor}


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        name, _, position = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
        if name == "next":
            return int(position)
    except ValueError:
        pass
    raise SlackError("invalid_cursor")

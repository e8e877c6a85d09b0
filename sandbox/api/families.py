"""Loads every family of methods into the table."""

from sandbox.api import (
    auth,
    blocks,
    chat,
    conversations,
    files,
    groups,
    oauth,
    reactions,
    users,
    views,
)
from sandbox.api.call import METHODS, Method

FAMILIES = (
    auth,
    blocks,
    chat,
    conversations,
    files,
    groups,
    oauth,
    reactions,
    users,
    views,
)


def method_table() -> dict[str, Method]:
    """Every method the stand-in answers, by name."""
    return METHODS

"""Loads every family of methods into the table."""

from sandbox.api import auth, chat
from sandbox.api.call import METHODS, Method

FAMILIES = (auth, chat)


def method_table() -> dict[str, Method]:
    """Every method the stand-in answers, by name."""
    return METHODS

"""The type of everything that crosses the wire."""

from typing import Any

Json = dict[str, Any]
"""One decoded JSON object; its shape is proved by the rules, not by the type checker."""

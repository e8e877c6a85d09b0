"""Whether work would find anything to do, asked before the libraries it needs are loaded.

Each file of a delivery asks for reading; the first child reads them all, the next finds nothing.
"""

from collections.abc import Mapping
from typing import Any

from bot.services.imports import batches
from bot.work.bench import Bench

# What the work would answer when no import is open.
_NOTHING: Mapping[str, dict[str, object]] = {
    "read_received": {"read": 0, "applied": 0},
    "apply_confirmed": {"applied": 0},
}


def find_idle(bench: Bench, name: str, arguments: Mapping[str, Any]) -> dict[str, object] | None:
    """The answer of work that has nothing to do; None when it must be done to know."""
    nothing = _NOTHING.get(name)
    if nothing is None:
        return None
    with bench.store.reading(arguments["workspace_id"]) as unit:
        return None if batches.is_any_open(unit) else nothing

"""All kinds of fact, found in `bot/ingest/kinds`.  Refuses two kinds of one name."""

import importlib
import pkgutil
from functools import cache

from bot.ingest import kinds as package
from bot.ingest.fields import Kind


@cache
def list_kinds() -> tuple[Kind, ...]:
    """Every kind, in name order of its file; each file of the package defines `KIND`."""
    found: dict[str, Kind] = {}
    for module in sorted(each.name for each in pkgutil.iter_modules(package.__path__)):
        kind: Kind = importlib.import_module(f"{package.__name__}.{module}").KIND
        if kind.name in found:
            raise ValueError(f"two files define the kind {kind.name}; rename one")
        found[kind.name] = kind
    return tuple(found.values())


def get_kind(name: str) -> Kind:
    """The kind called `name`; KeyError with the known names where there is none."""
    for kind in list_kinds():
        if kind.name == name:
            return kind
    raise KeyError(f"{name}; known: {', '.join(kind.name for kind in list_kinds())}")

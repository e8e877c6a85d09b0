"""Statements compiled for one test's database serve the next one's, as in a process that lives on.

Each test has an engine of its own, and an engine compiles every statement anew: half of what many
tests cost. What is compiled hangs on the statement and the kind of database alone.
"""

from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.util import LRUCache

# More than the house has statements.
_KEPT = 3_000

_Kind = tuple[str, str, Any]
_shared: dict[_Kind, tuple[Dialect, LRUCache[Any, Any]]] = {}


def pytest_configure() -> None:
    """From the first connection on, in xdist's workers too."""
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    """Looks once the connection stands: only then the dialect knows its server."""
    engine, own = connection.engine, connection.dialect
    kind = own.name, own.driver, own.server_version_info
    dialect, cache = _shared.setdefault(kind, (own, LRUCache(_KEPT)))
    engine.dialect = connection.dialect = dialect
    engine._compiled_cache = cache

"""The wall between workspaces: what a statement must say before it may touch a scoped table.

Three layers: criteria added to every ORM statement (see `unit.py`), composite keys in the tables,
and this hook, which refuses any statement on a scoped table that does not name the workspace.
"""

import re
from functools import cache
from typing import Any

from sqlalchemy import Engine, event

from bot.store.base import Base, Walled


class WallBreach(RuntimeError):
    """A statement reached for a scoped table without saying which workspace."""


@cache
def scoped_tables() -> frozenset[str]:
    """Names of all tables that belong to a workspace."""
    return frozenset(
        str(mapper.class_.__tablename__)
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Walled)
    )


@cache
def _reaches_across(statement: str) -> bool:
    words = set(re.findall(r"[a-z_]+", statement.lower()))
    return bool(words & scoped_tables()) and "workspace_id" not in words


_CHECKED = re.compile(r"\s*(select|insert|update|delete|with|replace|merge|copy)\b", re.IGNORECASE)


def _refuse_unscoped(
    connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    if connection.get_execution_options().get("is_maintenance"):
        return
    if _CHECKED.match(statement) and _reaches_across(statement):
        raise WallBreach(f"no workspace_id in: {statement[:200]}")


def guard_statements(engine: Engine) -> None:
    """Put the hook before every statement of `engine`."""
    event.listen(engine, "before_cursor_execute", _refuse_unscoped)

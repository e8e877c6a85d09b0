"""Insert a row unless the same thing is there already: the guarantee behind every "once"."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.base import Scoped
from bot.store.unit import Unit


def insert_once(
    unit: Unit, model: type[Scoped], unique: Sequence[str], values: dict[str, Any]
) -> int | None:
    """The new row's id, or None when a row with the same `unique` columns stood before.

    Two transactions may try at the same time: the database lets one through, and the other
    waits for it rather than failing.
    """
    row = {"id": unit.ids.next(), **values, "workspace_id": unit.workspace_id}
    table = model.__table__
    assert isinstance(table, Table)
    made = _insert(unit, table).values(**_with_defaults(table, row))
    kept = made.on_conflict_do_nothing(index_elements=["workspace_id", *unique]).returning(
        table.c.id
    )
    found: int | None = unit.connection.execute(kept).scalar_one_or_none()
    return found


def _insert(unit: Unit, table: Table) -> sqlite.Insert | postgresql.Insert:
    if unit.connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _with_defaults(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    known = {column.name for column in table.columns}
    if unknown := set(row) - known:
        raise ValueError(f"{table.name} has no column {sorted(unknown)}")
    return row

"""Facts in and out in bulk: load a kind as plain rows, write what is new or changed.

A write is an upsert by the kind's natural key. It is meant for rows already known to differ, a
thousand at a time, inside the caller's unit.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.base import IdSource, Walled
from bot.store.unit import Unit

Row = Mapping[str, Any]

# SQLite takes 32,766 values a statement; accounts, the widest kind, have 26 columns.
_ROWS_A_STATEMENT = 1000


def load_rows(unit: Unit, model: type[Walled], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Every row of the workspace, as tuples in the order of `columns`."""
    table = _table(model)
    wanted = select(*(table.c[name] for name in columns)).where(
        table.c.workspace_id == unit.workspace_id
    )
    return [tuple(row) for row in unit.connection.execute(wanted)]


def upsert(
    unit: Unit, model: type[Walled], key: Sequence[str], rows: Sequence[Row], ids: IdSource
) -> None:
    """Write `rows` (all with the same columns); a row with the same `key` is overwritten."""
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        _upsert_some(unit, model, key, rows[start : start + _ROWS_A_STATEMENT], ids)


def _upsert_some(
    unit: Unit, model: type[Walled], key: Sequence[str], rows: Sequence[Row], ids: IdSource
) -> None:
    table = _table(model)
    has_id = "id" in table.c
    full = [
        {**row, "workspace_id": unit.workspace_id, **({"id": ids.next()} if has_id else {})}
        for row in rows
    ]
    if not full:
        return
    made = _insert(unit, table)
    kept = {"workspace_id", "id", *key}
    changed = {name: made.excluded[name] for name in full[0] if name not in kept}
    where = ["workspace_id", *key]
    statement = (
        made.on_conflict_do_update(index_elements=where, set_=changed)
        if changed
        else made.on_conflict_do_nothing(index_elements=where)
    )
    unit.connection.execute(statement, full)


def remove(unit: Unit, model: type[Walled], ids: Sequence[int]) -> None:
    """Delete rows by id."""
    table = _table(model)
    unit.connection.execute(
        delete(table).where(table.c.workspace_id == unit.workspace_id, table.c.id.in_(ids))
    )


def count(unit: Unit, model: type[Walled]) -> int:
    """How many rows of the kind the workspace has."""
    table = _table(model)
    wanted = select(func.count()).where(table.c.workspace_id == unit.workspace_id)
    return unit.connection.execute(wanted).scalar_one()


def _insert(unit: Unit, table: Table) -> sqlite.Insert | postgresql.Insert:
    if unit.connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _table(model: type[Walled]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table

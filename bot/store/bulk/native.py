"""Statements sent as the driver takes them, where the ORM would cost ten times as much.

Every statement names its workspace; the wall reads it on the way. SQLite and PostgreSQL get the
same text, and rows come back as plain tuples.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, TextClause, text

Row = tuple[Any, ...]

# Within what every SQLite takes in one statement.
_MOST_VALUES = 900

# Remembers a few dozen texts; none is built from data.
_text = cache(text)


def fetch(connection: Connection, statement: str, **values: Any) -> list[Row]:
    """All rows of `statement`, whose values are marked `:name`."""
    prepared: TextClause = _text(statement)
    cursor = connection.execute(prepared, values).cursor
    assert cursor is not None
    return list(cursor.fetchall())


def fetch_columns(
    connection: Connection, statement: str, names: Sequence[str], **values: Any
) -> list[list[Any]]:
    """The columns `names` of `statement`, each as a list, in one common order.

    The database gathers them: a row in Python costs several times what a value in a list does.
    """
    gather = "json_group_array" if connection.dialect.name == "sqlite" else "array_agg"
    gathered = ", ".join(f"{gather}({name})" for name in names)
    row = fetch(connection, f"SELECT {gathered} FROM ({statement}) AS gathered", **values)[0]
    return [json.loads(each) if isinstance(each, str) else each or [] for each in row]


def execute(connection: Connection, statement: str, rows: Sequence[dict[str, Any]]) -> None:
    """Run `statement` once for each of `rows`; none of them is no work."""
    if rows:
        connection.execute(_text(statement), list(rows))


def take_turn(connection: Connection, workspace_id: int, deed: str) -> None:
    """Wait until no other transaction of the workspace is at `deed`, until the end of this one.

    For what is read, changed and written back whole. SQLite lets one writer in at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        statement = _text("SELECT pg_advisory_xact_lock(:ours, hashtext(:deed))")
        connection.execute(statement, {"ours": workspace_id, "deed": deed})


def one_of(connection: Connection, ids: Iterable[int]) -> Any:
    """What `IS_ONE_OF` compares with: JSON for SQLite, an array for PostgreSQL."""
    wanted = [int(each) for each in ids]
    return json.dumps(wanted) if connection.dialect.name == "sqlite" else wanted


def is_one_of(connection: Connection, column: str) -> str:
    """The condition that `column` is among `:ids`, given by `one_of`."""
    if connection.dialect.name == "sqlite":
        return f"{column} IN (SELECT value FROM json_each(:ids))"
    return f"{column} = ANY(:ids)"


def instant(connection: Connection, at: datetime) -> str:
    """An aware instant as the driver keeps it in a UTC column."""
    plain = at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    return plain if connection.dialect.name == "sqlite" else f"{plain}+00"


def upsert(
    connection: Connection,
    table: str,
    key: Sequence[str],
    columns: Sequence[str],
    rows: Sequence[Row],
) -> None:
    """Insert `rows` (values of `columns`, days as ISO text); a row with the same key is replaced.

    SQLite takes them as they come. PostgreSQL gets them by COPY into a table of the transaction
    and then in one statement, several times as fast as row by row.
    """
    if rows:
        _write(connection, table, columns, rows, _replacing(key, columns))


def insert_new(
    connection: Connection,
    table: str,
    key: Sequence[str],
    columns: Sequence[str],
    rows: Sequence[Row],
) -> None:
    """Insert `rows` as `upsert` does; one whose key is there already is left as it stands."""
    if rows:
        _write(connection, table, columns, rows, f" ON CONFLICT ({', '.join(key)}) DO NOTHING")


def add_up(
    connection: Connection, table: str, key: Sequence[str], sum_: str, rows: Sequence[Row]
) -> None:
    """Add the last value of each of `rows` (key, then number) to column `sum_` of its row."""
    if not rows:
        return
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({', '.join((*key, sum_))})"
        f" VALUES ({', '.join([mark] * (len(key) + 1))}) ON CONFLICT ({', '.join(key)})"
        f" DO UPDATE SET {sum_} = {table}.{sum_} + excluded.{sum_}",
        list(rows),
    )


def _replacing(key: Sequence[str], columns: Sequence[str]) -> str:
    news = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {news}"


def _write(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row], conflict: str
) -> None:
    if connection.dialect.name != "sqlite":
        _copy_over(connection, table, columns, rows, conflict)
        return
    # Many rows a statement: each statement asks for Python's lock and gives it back.
    many = _MOST_VALUES // len(columns)
    whole = len(rows) // many * many
    packed = [tuple(chain.from_iterable(rows[at : at + many])) for at in range(0, whole, many)]
    for count, given in ((many, packed), (1, list(rows[whole:]))):
        if given:
            marks = ", ".join([f"({', '.join('?' * len(columns))})"] * count)
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks}{conflict}", given
            )


def _copy_over(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row], conflict: str
) -> None:
    names, stage = ", ".join(columns), f"coming_{table}"
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE IF NOT EXISTS {stage} (LIKE {table}) ON COMMIT DROP"
    )
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {stage} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({names}) SELECT {names} FROM {stage}{conflict}"
    )
    connection.exec_driver_sql(f"TRUNCATE {stage}")

"""Engines for SQLite and PostgreSQL, with the settings the promises rest on."""

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store.wall import guard_statements


def _url(url: str) -> URL:
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # SQLAlchemy begins transactions itself, so that a writing unit can say BEGIN IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        # Counts while the database is new: a usage chunk of seven metrics fits into a page.
        "page_size=8192",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        "temp_store=MEMORY",
        "wal_autocheckpoint=8000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """Writers take the lock at once: upgrading a reader's lock is what makes SQLite deadlock."""
    writing = connection.get_execution_options().get("is_writing", False)
    # Before every unit: the driver itself, for SQLAlchemy's way costs as much as a small query.
    driver = connection.connection.dbapi_connection
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
    try:
        driver.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        driver.execute(begin)
    except sqlite3.OperationalError as problem:
        raise OperationalError(begin, None, problem) from problem


def build_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine for `url`; PostgreSQL goes through psycopg 3, SQLite runs in WAL."""
    parsed = _url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": 15, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(parsed, pool_size=pool_size, max_overflow=5, pool_pre_ping=True)
    guard_statements(engine)
    return engine

"""Runs migrations against the URL it is handed; two releases cannot migrate at once."""

import os

from alembic import context
from sqlalchemy import Connection, text

import bot.store.tables  # noqa: F401  fills the metadata
from bot.store.base import Base, UtcDateTime
from bot.store.engine import build_engine

# Any number serves; it only has to be the same in every release of Sakidori.
LOCK = 7_214_455


def _render(kind: str, item: object, _context: object) -> str | bool:
    """A migration must not change with the code, so our column types are written as plain ones."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _migrate(connection: Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=is_sqlite,
        compare_type=True,
        render_item=_render,
    )
    with context.begin_transaction():
        if not is_sqlite:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.run_migrations()


url = context.config.attributes.get("url") or os.environ["DATABASE_URL"]
engine = build_engine(url).execution_options(is_maintenance=True, is_writing=True)
with engine.connect() as connection:
    _migrate(connection)
engine.dispose()

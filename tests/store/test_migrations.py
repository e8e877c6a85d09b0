"""Migrations: one head, no drift from the tables, up and down and up again, on both databases."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from bot.store.base import Base
from bot.store.migrate import check, downgrade, upgrade

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def _tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def test_there_is_one_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_the_migrated_database_has_the_tables_the_code_knows(database_url: str) -> None:
    check(database_url)
    assert _tables(database_url) == set(Base.metadata.tables)


def test_every_migration_goes_up_and_down_and_up_again(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    downgrade(empty_database_url, "base")
    assert _tables(empty_database_url) == set()
    upgrade(empty_database_url)
    check(empty_database_url)


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    before = _tables(database_url)
    upgrade(database_url)
    assert _tables(database_url) == before

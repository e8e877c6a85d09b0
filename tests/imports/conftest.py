"""An office on both kinds of database, and one on SQLite alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.store.engine import build_engine
from bot.store.unit import Store
from tests.imports.office import MORNING, Office, add_workspace


def open_office(url: str, folder: Path) -> Iterator[Office]:
    """An empty workspace and a folder for files."""
    engine = build_engine(url)
    clock = FixedClock(MORNING)
    store = Store(engine, clock)
    yield Office(store, clock, add_workspace(store), folder / "files")
    engine.dispose()


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """The test runs on SQLite and on PostgreSQL."""
    yield from open_office(database_url, tmp_path)


@pytest.fixture
def small_office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """SQLite alone, where nothing hangs on the database."""
    yield from open_office(sqlite_url, tmp_path)

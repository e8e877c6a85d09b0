"""A workspace to score, on both kinds of database or on SQLite alone."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.clock import FixedClock
from bot.store.engine import build_engine
from bot.store.tables import Workspace
from bot.store.unit import Store
from tests.recompute.customers import Customers, at


def build_customers(url: str, team_id: str = "T1") -> Iterator[Customers]:
    clock = FixedClock(at(date(2026, 11, 20)))
    engine = build_engine(url)
    store = Store(engine, clock)
    made = store.add_workspace(Workspace(team_id=team_id, name="Sample", created_at=clock.at))
    yield Customers(store, clock, made.id)
    engine.dispose()


@pytest.fixture
def customers(sqlite_url: str) -> Iterator[Customers]:
    yield from build_customers(sqlite_url)


@pytest.fixture
def any_customers(database_url: str) -> Iterator[Customers]:
    """The same on SQLite and on PostgreSQL."""
    yield from build_customers(database_url)

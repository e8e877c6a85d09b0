"""A watched company, on both kinds of database or on SQLite alone."""

from collections.abc import Iterator

import pytest

from tests.recompute.conftest import build_customers
from tests.watch.company import Company


def build_company(url: str) -> Iterator[Company]:
    for made in build_customers(url):
        yield Company(made.store, made.clock, made.workspace_id)


@pytest.fixture
def company(sqlite_url: str) -> Iterator[Company]:
    yield from build_company(sqlite_url)


@pytest.fixture
def any_company(database_url: str) -> Iterator[Company]:
    """The same on SQLite and on PostgreSQL."""
    yield from build_company(database_url)

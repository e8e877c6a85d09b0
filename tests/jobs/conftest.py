"""A desk for each test, on SQLite."""

from collections.abc import Iterator

import pytest

from tests.commands.desk import Desk


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    made = Desk(sqlite_url)
    yield made
    made.engine.dispose()

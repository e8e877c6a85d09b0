"""A workspace with 240 ended contracts, made once for the tests that only read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.validity import Validity
from bot.services.validity.compute import compute_validity
from tests.commands.desk import TODAY, Desk
from tests.validity.ends import draw_ends, keep_ends, keep_renewals

CONTENT, UNHAPPY = 10, 1


@pytest.fixture(scope="module")
def past(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Read-only: content customers stayed, and thirty contracts renew soon."""
    copy = tmp_path_factory.mktemp("validity") / "past.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    made = Desk(f"sqlite:///{copy}")
    keep_ends(made, draw_ends())
    keep_renewals(made, [CONTENT, UNHAPPY] * 15)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def found(past: Desk) -> Validity:
    """What is found of it."""
    return compute_validity(past.store, past.workspace.id, TODAY)


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    made = Desk(sqlite_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def any_desk(database_url: str) -> Iterator[Desk]:
    """The same on SQLite and on PostgreSQL."""
    made = Desk(database_url)
    yield made
    made.engine.dispose()

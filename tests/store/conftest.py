"""Two workspaces in one database, a clock that stands still, and both kinds of database."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.clock import FixedClock
from bot.store.engine import build_engine
from bot.store.tables import Workspace
from bot.store.unit import Store
from tests.databases import BOTH

# Friday morning before a long weekend in Japan.
FRIDAY = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)


@dataclass
class Houses:
    """Our workspace and a stranger's."""

    store: Store
    clock: FixedClock
    ours: int
    theirs: int


@pytest.fixture
def houses(database_url: str) -> Iterator[Houses]:
    yield from _opened(database_url)


@pytest.fixture(scope="module", params=BOTH)
def untouched_houses(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Houses]:
    """Houses in which nobody writes, once for all who only look."""
    if request.param == "sqlite":
        copy = tmp_path_factory.mktemp("houses") / "sakidori.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
        yield from _opened(f"sqlite:///{copy}")
        return
    with request.getfixturevalue("postgres_shelf").lent() as url:
        yield from _opened(url)


def _opened(url: str) -> Iterator[Houses]:
    clock = FixedClock(FRIDAY)
    engine = build_engine(url)
    store = Store(engine, clock)
    ours, theirs = (
        store.add_workspace(Workspace(team_id=team, name=team, created_at=FRIDAY)).id
        for team in ("T_OURS", "T_THEIRS")
    )
    yield Houses(store, clock, ours, theirs)
    engine.dispose()

"""Two workspaces in one database, a clock that stands still, and both kinds of database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.clock import FixedClock
from bot.store.engine import build_engine
from bot.store.tables import Workspace
from bot.store.unit import Store

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
    clock = FixedClock(FRIDAY)
    engine = build_engine(database_url)
    store = Store(engine, clock)
    ours, theirs = (
        store.add_workspace(Workspace(team_id=team, name=team, created_at=FRIDAY)).id
        for team in ("T_OURS", "T_THEIRS")
    )
    yield Houses(store, clock, ours, theirs)
    engine.dispose()

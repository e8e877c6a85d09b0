"""Two people of ops, a manager, and three accounts whose scores stand near the edges."""

from collections.abc import Iterator

import pytest

from bot.core.vocabulary import Band, Role
from tests.commands.desk import TODAY, Desk

OTA, SUDA, MIYA, SATO = "U0OTA", "U0SUDA", "U0MIYA", "U0CSM"


def furnish(url: str) -> Iterator[Desk]:
    desk = Desk(url)
    for user, name, role in (
        (OTA, "大田", Role.OPS),
        (SUDA, "須田", Role.OPS),
        (MIYA, "宮", Role.MANAGER),
        (SATO, "佐々木", Role.CSM),
    ):
        desk.hire(name, role, slack_user=user)
    desk.keep_model()
    for name, score, band in (
        ("甲", 45.0, Band.RED),
        ("乙", 55.0, Band.YELLOW),
        ("丙", 80.0, Band.GREEN),
    ):
        desk.score(desk.add_account(name, arr=1_000_000), TODAY, score, band)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.workspace.started_on = TODAY
    yield desk
    desk.engine.dispose()


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    yield from furnish(sqlite_url)


@pytest.fixture
def any_desk(database_url: str) -> Iterator[Desk]:
    """The same on SQLite and on PostgreSQL."""
    yield from furnish(database_url)

"""Houses whose registry has a few deeds of the tests' own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import House, open_house
from tests.slack.deeds import Heard, registry_with


@pytest.fixture
def heard() -> Iterator[Heard]:
    """What reached the test's deeds; slow ones are let go at the end."""
    made = Heard()
    yield made
    made.gate.set()


@pytest.fixture(params=["http", "socket"])
def edge(
    request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path, heard: Heard
) -> Iterator[House]:
    """A house with the test's deeds, over each way in."""
    yield from open_house(request.param, sqlite_url, tmp_path, registry=registry_with(heard))


@pytest.fixture
def http_edge(sqlite_url: str, tmp_path: Path, heard: Heard) -> Iterator[House]:
    """The same over HTTP alone, where the way in makes no difference."""
    yield from open_house("http", sqlite_url, tmp_path, registry=registry_with(heard))

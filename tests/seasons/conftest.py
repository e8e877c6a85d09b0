"""The sample company through its whole life, scored as of each day of the seasons; made once."""

from pathlib import Path

import pytest

from tests.seasons.life import Brought, Life, bring_all, live


@pytest.fixture(scope="package")
def brought(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Brought:
    """Imported once for all who live it."""
    return bring_all(sqlite_template, tmp_path_factory.mktemp("brought"))


@pytest.fixture(scope="package")
def life(brought: Brought, tmp_path_factory: pytest.TempPathFactory) -> Life:
    """Read only."""
    return live(brought, tmp_path_factory.mktemp("life"))

"""The sample company through its whole life, scored as of each day of the seasons; made once."""

from pathlib import Path

import pytest

from tests.seasons.life import Life, live


@pytest.fixture(scope="session")
def life(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Life:
    """Read only."""
    return live(sqlite_template, tmp_path_factory.mktemp("life"))

"""The short form: a dozen kills on one evening; `python -m tests.kill` is the long one."""

import shutil
from pathlib import Path

import pytest

from tests.kill.__main__ import describe
from tests.kill.run import run, short_size

KILLS = 12


@pytest.mark.slow
@pytest.mark.row("X16", "X39")
def test_killed_clocks_and_imports_say_everything_once_and_end_complete(
    sqlite_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    calm = shutil.copyfile(sqlite_template, tmp_path / "calm.sqlite3")
    urls = (sqlite_url, f"sqlite:///{calm}")
    outcome = run(short_size(KILLS), 20261201, urls, folder)
    assert outcome.verdict.breaches == [], "\n".join(describe(outcome))
    assert outcome.kills.total() >= KILLS
    assert outcome.verdict.found == outcome.verdict.expected > 0

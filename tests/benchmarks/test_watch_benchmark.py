"""The benchmark's own promise: a second run of the same night creates nothing."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_thirty_playbooks_open_once() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.watch", "--quick"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "second run created nothing: 1000 accounts, 30 playbooks" in done.stdout

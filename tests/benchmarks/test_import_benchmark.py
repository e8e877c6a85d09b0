"""The benchmark's own promise: what it imports is what the peer imports."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_the_importer_and_the_peer_end_with_the_same_numbers() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/import.py", "--quick"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "equal: 1000 accounts, both engines" in done.stdout

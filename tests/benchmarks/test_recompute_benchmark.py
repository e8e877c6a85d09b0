"""The benchmark's own promise: three engines, one result."""

import subprocess
import sys

import pytest

from benchmarks.harness import Target


@pytest.mark.slow
def test_the_bot_duckdb_and_group_by_give_the_same_scores() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.recompute", "--quick"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "equal: 1000 accounts, three engines" in done.stdout


@pytest.mark.slow
def test_every_measure_is_made_by_segment_and_the_touched_get_the_same() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.recompute", "--all"),
            *("--accounts", "300", "--rounds", "1"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "300 accounts, every measure" in done.stdout, done.stderr
    assert "1% touched against a full run" in done.stdout


@pytest.mark.parametrize(
    ("measured", "is_floor", "is_met"),
    [(0.6, False, True), (0.61, False, False), (3.0, True, True), (2.9, True, False)],
)
def test_a_target_on_its_edge_is_met(measured: float, is_floor: bool, is_met: bool) -> None:
    target = Target("x", measured, 3.0 if is_floor else 0.6, is_floor)
    assert target.is_met is is_met
    assert target.tell().startswith("met" if is_met else "MISSED")

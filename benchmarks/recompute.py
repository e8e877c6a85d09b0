"""The nightly recompute against DuckDB and SQLite's GROUP BY, from database to score rows.

All three read the same facts (five metrics of usage for 90 days, tickets, NPS answers, contracts),
make the same measures over business days of the account's country, score with the shipped model
and write the same rows to SQLite. A difference of more than 1e-6 ends the benchmark. The bot runs
as it does every night: there is no path of its own here.

With `--all` the bot computes every measure there is, over 200 days and all kinds of facts, and
scores by the shipped model of segments; DuckDB makes the sums behind them.

Usage: python -m benchmarks.recompute [--quick | --large | --all [--accounts N]]
  [--rounds N] [--folder DIR] [--json FILE]
"""

import argparse
import sqlite3
import struct
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.harness import (
    ONE_THREAD,
    Target,
    build_parser,
    finish,
    interleave,
    list_versions,
    middle,
    probe_noise,
    run_child,
    spread,
)
from benchmarks.recompute_all import measure_everything
from benchmarks.recompute_data import DAYS, METRICS
from benchmarks.recompute_run import SCORES

SIZES = (10_000, 100_000)
LARGE = 1_000_000
QUICK = 1_000
TOUCHED = 0.01
_TOLERANCE = 1e-6


def main() -> None:
    """Prepare, check, measure, print."""
    asked = _ask()
    with tempfile.TemporaryDirectory(dir=asked.folder, prefix="sakidori-bench-") as made:
        folder = Path(made)
        if asked.quick:
            _prepare(folder, QUICK, with_peers=True)
            _measure(folder, QUICK, rounds=1)
            print(f"equal: {QUICK} accounts, three engines")
            return
        if asked.all:
            report, targets = measure_everything(folder, asked.accounts, asked.rounds)
        else:
            report, targets = _measure_all(folder, asked.rounds, is_large=asked.large)
    sys.exit(not finish("recompute", report, targets, asked.json))


def _ask() -> argparse.Namespace:
    parser = build_parser(__doc__, folder="where the databases go (8 GB with --large)")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="1,000 accounts, equality alone")
    size.add_argument("--large", action="store_true", help="also 1,000,000 accounts of ours alone")
    size.add_argument("--all", action="store_true", help="every measure, the model by segment")
    parser.add_argument("--accounts", type=int, default=SIZES[-1], help="how many, with --all")
    return parser.parse_args()


def _measure_all(
    folder: Path, rounds: int, *, is_large: bool
) -> tuple[dict[str, Any], list[Target]]:
    report: dict[str, Any] = {"settings": _settings(rounds), "noise": probe_noise(), "sizes": {}}
    _tell_settings(report)
    for size in SIZES:
        _prepare(folder / str(size), size, with_peers=True)
        report["sizes"][size] = _measure(folder / str(size), size, rounds)
    targets = _targets(report["sizes"])
    if is_large:
        _prepare(folder / str(LARGE), LARGE, with_peers=False)
        report["large"] = large = _run("packed", folder / str(LARGE))
        print(f"\n{LARGE:,} accounts: {large['seconds']:.1f} s, {large['peak_mb']:.0f} MB")
        targets += _large_targets(large, report["sizes"][SIZES[0]])
    report["noise_after"] = probe_noise()
    print(f"noise after: {report['noise_after']}\n")
    return report, targets


def _settings(rounds: int) -> dict[str, Any]:
    versions = list_versions("numpy", "pandas", "duckdb", "sqlalchemy")
    sqlite = "WAL, synchronous NORMAL, foreign keys on; narrow: WITHOUT ROWID, analyzed"
    duck = "native tables, its own number of threads"
    return {
        "rounds": rounds,
        "versions": versions,
        "threads": ONE_THREAD,
        "sqlite": sqlite,
        "duckdb": duck,
        "data": f"{len(METRICS)} metrics × {DAYS} days, 5% of values missing, four countries",
    }


def _tell_settings(report: dict[str, Any]) -> None:
    for name, value in report["settings"].items():
        print(f"{name}: {value}")
    print(f"noise: {report['noise']}")


def _prepare(folder: Path, accounts: int, *, with_peers: bool) -> None:
    peers = ["--peers"] if with_peers else []
    run_child("benchmarks.recompute_data", str(folder), str(accounts), *peers)


def _measure(folder: Path, size: int, rounds: int) -> dict[str, Any]:
    runs: dict[str, Callable[[], dict[str, Any]]] = {
        name: partial(_run, name, folder) for name in SCORES
    }
    answers = interleave(runs, rounds)
    _must_be_equal(folder)
    touched = [_run("packed", folder, "--touched", str(TOUCHED)) for _ in range(rounds)]
    _must_be_equal(folder)
    ours = middle(answers["packed"])
    print(f"\n{size:,} accounts, median (least–most) seconds of {rounds}")
    for name, given in answers.items():
        ratio = ours / middle(given)
        peak = middle(given, "peak_mb")
        print(f"  {name:7} {spread(given)}  ours/this {ratio:.2f}  peak {peak:.0f} MB")
    share = middle(touched, "touched_seconds") / middle(touched)
    print(f"  1% touched: {spread(touched, 'touched_seconds')}, {share:.1%} of a full run")
    return {"runs": answers, "touched": touched, "touched_share": share}


def _run(engine: str, folder: Path, *more: str) -> dict[str, Any]:
    return run_child("benchmarks.recompute_run", engine, str(folder), *more)


def _targets(sizes: dict[int, dict[str, Any]]) -> list[Target]:
    runs = sizes[SIZES[-1]]["runs"]
    ratio = middle(runs["packed"]) / middle(runs["duckdb"])
    share = sizes[SIZES[-1]]["touched_share"]
    return [
        Target(f"{SIZES[-1]:,} accounts against DuckDB", ratio, 0.6),
        Target("1% touched against a full run", share, 0.05),
    ]


def _large_targets(large: dict[str, Any], small: dict[str, Any]) -> list[Target]:
    each = large["seconds"] / LARGE / (middle(small["runs"]["packed"]) / SIZES[0])
    return [
        Target(f"peak MB at {LARGE:,} accounts", large["peak_mb"], 300),
        Target(f"time per account, {LARGE:,} against {SIZES[0]:,}", each, 1.3),
    ]


def _must_be_equal(folder: Path) -> None:
    """Score, band, coverage and details of every account; RuntimeError where they differ."""
    ours = _read_scores(folder / SCORES["packed"])
    for name in ("duckdb", "narrow"):
        theirs = _read_scores(folder / SCORES[name])
        if len(ours) != len(theirs):
            raise RuntimeError(f"{name} scored {len(theirs)} accounts, the bot {len(ours)}")
        for mine, other in zip(ours, theirs, strict=True):
            if not _is_equal(mine, other):
                raise RuntimeError(f"{name} differs: {mine[:4]} and {other[:4]}")


def _read_scores(path: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT account_id, band, score, coverage, details FROM account_scores"
        " WHERE workspace_id = 1 ORDER BY account_id"
    ).fetchall()
    connection.close()
    return rows


def _is_equal(mine: Sequence[Any], other: Sequence[Any]) -> bool:
    if mine == other:
        return True
    count = (len(mine[4]) - 4) // 4
    numbers = [
        (row[2] or 0.0, row[3], *struct.unpack(f"<{count}f", row[4][4:])) for row in (mine, other)
    ]
    close = all(
        a == b or (a != a and b != b) or abs(a - b) <= _TOLERANCE * max(1.0, abs(b))
        for a, b in zip(*numbers, strict=True)
    )
    return close and mine[:2] == other[:2] and mine[4][:4] == other[4][:4]


if __name__ == "__main__":
    main()

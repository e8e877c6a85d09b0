"""Importing a usage file against `sqlite3 .import` of the same file into a keyed table.

The file is wide (id, day, five numbers) and ordered by day, as sources export it: 90 days of
11,112 accounts. Ours reads, links, compares and reports, then applies; the peer checks nothing:
it puts text into columns keyed by account and day. Both are timed without starting Python and
end with the same sums by account and by day, or the benchmark ends. Then a day of 1,000,000
accounts, ours alone. Usage: python benchmarks/import.py [--quick] [--rounds N] [--json FILE]
"""

import argparse
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.harness import (
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
from benchmarks.import_sums import sum_ours, sum_peer

ACCOUNTS, DAYS = 11_112, 90
WIDE, QUICK = 1_000_000, 1_000
LEAST_RATIO, MOST_MB = 3.0, 400.0
_KEYED = "WITHOUT ROWID, PRIMARY KEY (account, used_on)"


def main() -> int:
    """Measure, compare, print, write; 1 when a promise was missed."""
    asked = _ask()
    with tempfile.TemporaryDirectory(dir=asked.folder, prefix="sakidori-bench-") as made:
        if asked.quick:
            _measure(Path(made), QUICK, 30, rounds=1)
            print(f"equal: {QUICK} accounts, both engines")
            return 0
        report, targets = _measure_all(Path(made), asked.rounds)
    return 0 if finish("import", report, targets, asked.json) else 1


def _ask() -> argparse.Namespace:
    parser = build_parser(__doc__, folder="where the files go (4 GB)")
    parser.add_argument("--quick", action="store_true", help="a small file, equality alone")
    return parser.parse_args()


def _measure_all(folder: Path, rounds: int) -> tuple[dict[str, Any], list[Target]]:
    report: dict[str, Any] = {**_settings(rounds), "noise": probe_noise()}
    for name, value in report.items():
        print(f"{name}: {value}")
    report["million_rows"] = runs = _measure(folder / "rows", ACCOUNTS, DAYS, rounds)
    report["million_accounts"] = wide = _measure_wide(folder / "accounts")
    report["noise_after"] = probe_noise()
    print(f"noise after: {report['noise_after']}\n")
    ratio = middle(runs["sqlite3"]) / middle(runs["ours"])
    peak = max(given["peak_mb"] for given in (*runs["ours"], wide))
    return report, [
        Target("rows per second against .import", ratio, LEAST_RATIO, is_floor=True),
        Target("peak MB, whatever the file", peak, MOST_MB),
    ]


def _settings(rounds: int) -> dict[str, Any]:
    return {
        "rounds": rounds,
        "versions": list_versions("numpy", "pandas", "pyarrow", "sqlalchemy"),
        "peer": f"{_name_peer()}, {_KEYED}",
        "sqlite": "both WAL, synchronous NORMAL; ours with foreign keys on",
    }


def _name_peer() -> str:
    if shutil.which("sqlite3") is None:
        return "stand-in for the missing sqlite3 command: csv.reader into Python's executemany"
    told = subprocess.run(["sqlite3", "--version"], capture_output=True, text=True, check=True)
    return f"sqlite3 {told.stdout.split()[0]} .import"


def _measure(folder: Path, accounts: int, days: int, rounds: int) -> dict[str, Any]:
    run_child("benchmarks.import_data", str(folder), str(accounts), str(days))
    engines = ("ours", "sqlite3")
    runs = {
        name: partial(run_child, "benchmarks.import_run", name, str(folder)) for name in engines
    }
    answers = interleave(runs, rounds)
    _must_be_equal(folder, answers["ours"][-1], accounts * days)
    answers["again"] = [run_child("benchmarks.import_run", "again", str(folder))]
    assert answers["again"][0]["unchanged"] == accounts * days
    print(f"\n{accounts * days:,} rows, median (least–most) seconds of {rounds}")
    for name, given in answers.items():
        rate = accounts * days / middle(given) / 1e6
        peak, size = middle(given, "peak_mb"), middle(given, "bytes") / 1e6
        print(f"  {name:8} {spread(given)}  {rate:.2f} M rows/s  {peak:.0f} MB  file {size:.0f} MB")
    print(f"  stages of ours: {answers['ours'][-1]['stages']}")
    return answers


def _measure_wide(folder: Path) -> dict[str, Any]:
    run_child("benchmarks.import_data", str(folder), str(WIDE), "1")
    told = run_child("benchmarks.import_run", "ours", str(folder))
    assert told["new"] == WIDE, told
    print(f"\none day × {WIDE:,} accounts: {told['seconds']:.1f} s {told['stages']},")
    print(f"  {told['peak_mb']:.0f} MB, file {told['bytes'] / 1e6:.0f} MB")
    return told


def _must_be_equal(folder: Path, told: dict[str, Any], rows: int) -> None:
    """Every row counted as new, and the same sums by account and by day in both databases."""
    counted = (told["rows"], told["new"], told["refused"], told["unlinked"])
    if counted != (rows, rows, 0, 0):
        raise SystemExit(f"{rows} rows were handed in, and the report says {told}")
    with sqlite3.connect(folder / "peer.sqlite3") as peer:
        theirs = sum_peer(peer)
    if sum_ours(folder) != theirs:
        raise SystemExit("the two databases do not hold the same numbers")


if __name__ == "__main__":
    sys.exit(main())

"""The night's watch: thirty playbooks asked of every account, and what they open, on SQLite.

The same night is run twice over, once with the scores alone and once with thirty playbooks, each
of two signals, two conditions and two steps. The data is drawn so that far more opens in this one
night than a company would see in a season: what opened is printed, by playbook. A second run of
the same night must create nothing.

Usage: python -m benchmarks.watch [--quick] [--rounds N] [--folder DIR] [--json FILE]
"""

import argparse
import sys
import tempfile
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

SIZE, QUICK = 100_000, 1_000
PLAYBOOKS = 30


def main() -> None:
    """Prepare, measure, print."""
    asked = _ask()
    size = QUICK if asked.quick else SIZE
    rounds = 1 if asked.quick else asked.rounds
    with tempfile.TemporaryDirectory(dir=asked.folder, prefix="sakidori-bench-") as made:
        folder = Path(made)
        run_child("benchmarks.watch_data", str(folder), str(size))
        report = _measure(folder, size, rounds)
    if asked.quick:
        print(f"second run created nothing: {size} accounts, {PLAYBOOKS} playbooks")
        return
    sys.exit(not finish("watch", report, _targets(report), asked.json))


def _ask() -> argparse.Namespace:
    parser = build_parser(__doc__, folder="where the databases go (1 GB)")
    parser.add_argument("--quick", action="store_true", help="1,000 accounts, one round")
    return parser.parse_args()


def _measure(folder: Path, size: int, rounds: int) -> dict[str, Any]:
    report: dict[str, Any] = {
        "versions": list_versions("numpy", "pandas", "sqlalchemy"),
        "threads": ONE_THREAD,
        "rounds": rounds,
        "noise": probe_noise(),
    }
    runs = {how: partial(_run, how, folder) for how in ("alone", "watched")}
    report["runs"] = answers = interleave(runs, rounds)
    first = answers["watched"][0]
    _must_be_once(first)
    print(f"{size:,} accounts, {PLAYBOOKS} playbooks, median (least–most) seconds of {rounds}")
    print(f"  scores alone      {spread(answers['alone'])}")
    print(f"  and playbooks     {spread(answers['watched'])}")
    print(f"  a second time     {spread(answers['watched'], 'again_seconds')}")
    cpu = [f"{spread(answers[how], 'cpu')} {how}" for how in ("alone", "watched")]
    print(f"  of processor time {', '.join(cpu)}")
    print(f"  opened {first['opened']:,}, {first['opened'] / size:.2f} an account")
    print(f"  rows {first['counts']}, peak {middle(answers['watched'], 'peak_mb'):.0f} MB")
    for key, count in sorted(first["opened_by_playbook"].items()):
        print(f"    {key:16} {count / size:.2%}")
    return report


def _run(how: str, folder: Path) -> dict[str, Any]:
    return run_child("benchmarks.watch_run", how, str(folder))


def _must_be_once(answer: dict[str, Any]) -> None:
    """RuntimeError where the second run of the night created anything, or the first nothing."""
    if answer["playbooks"] != PLAYBOOKS or not answer["opened"]:
        raise RuntimeError(f"{answer['playbooks']} playbooks opened {answer['opened']}")
    made = answer["counts"]
    if answer["again_opened"] or made["episodes"] != answer["opened"]:
        raise RuntimeError(f"a second run opened {answer['again_opened']}, there are {made}")
    if made["tasks"] != 2 * made["episodes"]:
        raise RuntimeError(f"two tasks an episode were meant, there are {made}")


def _targets(report: dict[str, Any]) -> list[Target]:
    alone, watched = middle(report["runs"]["alone"]), middle(report["runs"]["watched"])
    again = max(answer["again_opened"] for answer in report["runs"]["watched"])
    return [
        Target("cost of the playbooks, in recomputes", watched / alone - 1, 1.0),
        Target("opened by a second run", again, 0),
    ]


if __name__ == "__main__":
    main()

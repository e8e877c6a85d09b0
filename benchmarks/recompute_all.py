"""The bot with every measure and the model by segment, beside DuckDB with the sums behind them.

DuckDB does rather less (`recompute_peer_all`), so nothing is compared but time; that the accounts
touched get what a full run gives them ends the benchmark where it does not hold.
"""

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.harness import Target, interleave, middle, probe_noise, run_child, spread
from benchmarks.recompute_run import SCORES

TOUCHED = 0.01


def measure_everything(
    folder: Path, accounts: int, rounds: int
) -> tuple[dict[str, Any], list[Target]]:
    """Prepare, measure, print; targets are those of the shipped model."""
    run_child("benchmarks.recompute_data", str(folder), str(accounts), "--peers", "--all")
    ours = partial(_run, "packed", folder, "--all")
    answers = interleave(
        {"packed": ours, "duckdb": partial(_run, "duckdb", folder, "--all")}, rounds
    )
    full = _read_scores(folder)
    touched = [ours("--touched", str(TOUCHED)) for _ in range(rounds)]
    if _read_scores(folder) != full:
        raise RuntimeError("touched accounts got other scores than in a full run")
    print(f"\n{accounts:,} accounts, every measure, median (least–most) seconds of {rounds}")
    for name, given in answers.items():
        print(f"  {name:7} {spread(given)}  peak {middle(given, 'peak_mb'):.0f} MB")
    print(f"  the model's measures alone: {spread(answers['packed'], 'model_seconds')}")
    print(f"  1% touched: {spread(touched, 'touched_seconds')}")
    report = {"noise": probe_noise(), "runs": answers, "touched": touched}
    return report, _targets(accounts, answers, touched)


def _run(engine: str, folder: Path, *more: str) -> dict[str, Any]:
    return run_child("benchmarks.recompute_run", engine, str(folder), *more)


def _targets(
    accounts: int, answers: dict[str, list[dict[str, Any]]], touched: list[dict[str, Any]]
) -> list[Target]:
    ratio = middle(answers["packed"]) / middle(answers["duckdb"])
    share = middle(touched, "touched_seconds") / middle(touched, "model_seconds")
    return [
        Target(f"{accounts:,} accounts, every measure, against DuckDB's sums", ratio, 0.6),
        Target("1% touched against a full run of the model by segment", share, 0.05),
        Target("peak MB with every measure", middle(answers["packed"], "peak_mb"), 300),
    ]


def _read_scores(folder: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / SCORES["packed"])
    rows = connection.execute(
        "SELECT account_id, band, score, coverage, details FROM account_scores"
        " WHERE workspace_id = 1 ORDER BY account_id"
    ).fetchall()
    connection.close()
    return rows

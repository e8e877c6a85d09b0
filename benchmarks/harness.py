"""What every benchmark shares: measured child processes, interleaving, versions, noise, JSON."""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_PROBE_STEPS = 2_000_000


@dataclass(frozen=True)
class Target:
    """A promise: `measured` at most `bar` (or at least, where `is_floor`)."""

    name: str
    measured: float
    bar: float
    is_floor: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the promise held in this run."""
        return self.measured >= self.bar if self.is_floor else self.measured <= self.bar

    def tell(self) -> str:
        """One line."""
        sign = "≥" if self.is_floor else "≤"
        verdict = "met" if self.is_met else "MISSED"
        return f"{verdict:6} {self.name}: {self.measured:.3g} {sign} {self.bar:g}"


def run_child(module: str, *arguments: str) -> dict[str, Any]:
    """Run `python -m module arguments` with one BLAS thread; its last line is JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=os.environ | ONE_THREAD,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def build_parser(about: str | None, folder: str) -> argparse.ArgumentParser:
    """Options that benchmarks share; `folder` says how much goes where --folder points."""
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help=folder)
    parser.add_argument("--json", type=Path)
    return parser


def interleave(
    runs: Mapping[str, Callable[[], dict[str, Any]]], rounds: int
) -> dict[str, list[dict[str, Any]]]:
    """A B C, A B C, …: what disturbs the machine disturbs all of them."""
    answers: dict[str, list[dict[str, Any]]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            answers[name].append(run())
    return answers


def middle(answers: Iterable[Mapping[str, Any]], key: str = "seconds") -> float:
    """Median of a figure over the rounds."""
    return float(median(answer[key] for answer in answers))


def spread(answers: Sequence[Mapping[str, Any]], key: str = "seconds") -> str:
    """Median with the least and the most."""
    figures = [answer[key] for answer in answers]
    return f"{median(figures):.3f} ({min(figures):.3f}–{max(figures):.3f})"


def list_versions(*packages: str) -> dict[str, str]:
    """Python, the system and the packages that matter."""
    import sqlite3

    told = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    told["system"] = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return told | {name: version(name) for name in packages}


def probe_noise() -> dict[str, float]:
    """One CPU loop alone and two at a time, and a copy in memory: how quiet the machine is."""
    alone = _loop(_PROBE_STEPS)
    began = time.perf_counter()
    children = [get_context("spawn").Process(target=_loop, args=(_PROBE_STEPS,)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    two = time.perf_counter() - began
    source = bytes(200_000_000)
    began = time.perf_counter()
    bytearray(source)
    copied = 0.2 / (time.perf_counter() - began)
    return {"loop_s": round(alone, 3), "two_loops_s": round(two, 3), "copy_gb_s": round(copied, 1)}


def peak_mb() -> float:
    """Most memory this process has held, in MB.

    Linux hands a parent's `ru_maxrss` on to its child, so its own mark is read there.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    mark = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(mark.split()[1]) / 1024


def finish(
    title: str, report: dict[str, Any], targets: Sequence[Target], path: Path | None
) -> bool:
    """Print the targets, write the JSON, and say whether all were met."""
    for target in targets:
        print(target.tell())
    if path is not None:
        told = [asdict(target) | {"is_met": target.is_met} for target in targets]
        whole = {"benchmark": title, **report, "targets": told}
        path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return all(target.is_met for target in targets)


def _loop(steps: int) -> float:
    began = time.perf_counter()
    total = 0
    for step in range(steps):
        total += step * step % 7
    return time.perf_counter() - began

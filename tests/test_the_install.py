"""A machine that lacks something says so in one sentence with its mend."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Stands for a Debian python3 without python3-venv: fit by version, unable to make a venv.
_PYTHON_WITHOUT_VENV = """#!/bin/sh
case "$2" in
    *ensurepip*) exit 1 ;;
    *print*) echo 3.12 ;;
esac
"""


def _install(at: Path, python: Path) -> subprocess.CompletedProcess[str]:
    (at / ".ci").mkdir()
    script = at / ".ci" / "venv"
    script.write_text((ROOT / ".ci" / "venv").read_text())
    environment = {"PATH": "/usr/bin:/bin", "PYTHON": str(python)}
    return subprocess.run(
        ["/bin/sh", str(script)], env=environment, capture_output=True, text=True, check=False
    )


def _told(ran: subprocess.CompletedProcess[str]) -> str:
    (sentence,) = ran.stderr.splitlines()
    assert ran.returncode == 1
    return sentence


def test_a_missing_python_is_named_with_its_mend(tmp_path: Path) -> None:
    sentence = _told(_install(tmp_path, tmp_path / "no-such-python"))
    assert sentence.startswith("Python 3.11, 3.12 or 3.13 is missing: install one")
    assert "apt install python3 python3-venv" in sentence


def test_a_missing_venv_is_named_with_its_package(tmp_path: Path) -> None:
    python = tmp_path / "python3"
    python.write_text(_PYTHON_WITHOUT_VENV)
    python.chmod(0o755)
    sentence = _told(_install(tmp_path, python))
    assert "apt install python3.12-venv" in sentence
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("script", [".ci/venv", ".ci/run", "benchmarks/fresh_machine.sh"])
def test_scripts_are_sound_shell_and_may_be_run(script: str) -> None:
    path = ROOT / script
    shell = path.read_text().splitlines()[0].removeprefix("#!").split()[-1]
    checked = subprocess.run([shell, "-n", str(path)], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert path.stat().st_mode & 0o111


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    targets = [line.split()[1] for line in listed.stdout.splitlines()]
    assert {"demo", "test", "check", "lock", "format", "bench", "clean"} <= set(targets)
    assert all(len(line.split()) > 3 for line in listed.stdout.splitlines())

"""Forks processes of ours that have read their code already, so that a kill meets their work.

Runs as a process of its own with one thread, which makes forking safe. A line of JSON on standard
input asks for one thing, a line on standard output answers: a start is answered with the process
id, a question after a process with its exit code (negative for a signal) or null.
"""

import importlib
import json
import os
import signal
import sys
from typing import Any

READ_AHEAD = (
    "bot.cli",
    "bot.registry",
    "bot.services.imports.applying",
    "bot.services.recompute",
    "bot.work.read_received",
    "bot.cli.process",
    "apscheduler.executors.pool",
)


def main() -> None:
    """Serve until standard input ends; whoever lives then is killed."""
    living: set[int] = set()
    for name in READ_AHEAD:
        importlib.import_module(name)
    _say("ready")
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        if "start" in asked:
            pid = os.fork()
            if pid == 0:
                _become(asked)
                return
            living.add(pid)
            _say(pid)
        else:
            code = _ended(asked["look"], is_patient=asked["is_patient"])
            living -= {asked["look"]} if code is not None else set()
            _say(code)
    for pid in living:
        os.kill(pid, signal.SIGKILL)


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _ended(pid: int, *, is_patient: bool) -> int | None:
    found, status = os.waitpid(pid, 0 if is_patient else os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _become(asked: dict[str, Any]) -> None:
    """Be `sakidori`, or another module of ours, with these words, to its end."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    log, errors = (
        os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_APPEND) for name in ("log", "errors")
    )
    for file, number in ((nothing, 0), (log, 1), (errors, 2)):
        os.dup2(file, number)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["sakidori", *asked["start"]]
    importlib.import_module(asked["module"]).main()


if __name__ == "__main__":
    main()

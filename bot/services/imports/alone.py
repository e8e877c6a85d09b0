"""One process at a time reads or applies a workspace's files; whoever comes second waits.

The lock is the operating system's, on a file beside the received ones: when its holder is killed
it is free that instant, where a lease would have to run out first.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READING, APPLYING = "reading", "applying"


@contextmanager
def alone(state: Path, workspace_id: int, deed: str) -> Iterator[None]:
    """Be the only one at `deed`, among all processes that keep their files below `state`."""
    path = _lock(state, workspace_id, deed)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        yield
        file.truncate(0)


def hold(state: Path, workspace_id: int, deed: str, batch_id: int) -> None:
    """Say which file this process, alone at `deed`, has in hand."""
    path = _lock(state, workspace_id, deed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{os.getpid()} {batch_id}")


def find_held(state: Path, workspace_id: int, deed: str, pid: int) -> int | None:
    """The file that process `pid` had in hand when it was killed; None while it only waited."""
    path = _lock(state, workspace_id, deed)
    words = path.read_text().split() if path.exists() else []
    return int(words[1]) if len(words) == 2 and words[0] == str(pid) else None


def _lock(state: Path, workspace_id: int, deed: str) -> Path:
    return state / "drops" / f"{workspace_id}-{deed}.lock"

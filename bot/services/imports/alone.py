"""One process at a time reads or applies a workspace's files; whoever comes second waits.

The lock is the operating system's, on a file beside the received ones: when its holder is killed
it is free that instant, where a lease would have to run out first.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READING, APPLYING = "reading", "applying"


@contextmanager
def alone(state: Path, workspace_id: int, deed: str) -> Iterator[None]:
    """Be the only one at `deed`, among all processes that keep their files below `state`."""
    folder = state / "drops"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{workspace_id}-{deed}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

"""Where files lie that were handed in, and their stagings. Needs no pandas: commands use it.

A file from the command line is copied: what was confirmed is what is applied, whatever becomes
of the original.
"""

import secrets
import shutil
from pathlib import Path

_REPORT = "report.json"


def drop_folder(state: Path, workspace_id: int, name: str) -> Path:
    """The folder of one received file; `name` tells it from others of the workspace."""
    return state / "drops" / f"{workspace_id}-{name}"


def keep_copy(state: Path, workspace_id: int, path: Path) -> Path:
    """A copy of a file handed in at the command line."""
    folder = drop_folder(state, workspace_id, f"hand-{secrets.token_hex(8)}")
    folder.mkdir(parents=True)
    return Path(shutil.copyfile(path, folder / path.name))


def staging_of(path: Path) -> Path:
    """The folder of a received file's staging."""
    return path.with_name(f"{path.name}.staging")


def discard_staging(folder: Path) -> None:
    """Remove a staging, its report first: killed midway, what is left counts as half written."""
    (folder / _REPORT).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)

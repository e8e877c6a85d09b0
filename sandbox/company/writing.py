"""Makes the sample company's folder from a plan."""

from pathlib import Path

from sandbox.company.future import write_future
from sandbox.company.history import Shelf, write_history
from sandbox.company.manifest import write_manifest
from sandbox.company.plan import Plan
from sandbox.company.world import build_world


def write_company(folder: Path, plan: Plan) -> None:
    """Writes every file of the plan's company; raises FileExistsError if the folder holds any."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder or empty it first")
    world, shelf = build_world(plan), Shelf(folder)
    write_history(world, shelf)
    write_manifest(world, shelf, write_future(world, shelf))

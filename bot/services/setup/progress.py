"""How far the setup has come, kept in the workspace's settings so that it goes on after a pause."""

from typing import Any

from bot.core.setup import Progress, Step
from bot.store.tables import Workspace
from bot.store.unit import Unit

SETUP = "setup"


def read_progress(workspace: Workspace) -> Progress:
    """Where it goes on, and what is done."""
    kept: dict[str, Any] = workspace.settings.get(SETUP, {})
    return Progress(
        step=Step(kept.get("step", Step.DATA)),
        done=frozenset(Step(each) for each in kept.get("done", ())),
        started_on=workspace.started_on,
    )


def finish_step(unit: Unit, step: Step, actor: str) -> Step:
    """The step is done; gives the next one, where it goes on from now."""
    return _keep(unit, step.later(1), actor, done=step)


def turn_to(unit: Unit, step: Step, actor: str) -> Step:
    """Go on from another step; nothing of what is done is lost."""
    return _keep(unit, step, actor)


def _keep(unit: Unit, step: Step, actor: str, done: Step | None = None) -> Step:
    workspace = unit.workspace
    progress = read_progress(workspace)
    all_done = progress.done | {done} if done else progress.done
    kept = {"step": step.value, "done": [each.value for each in Step if each in all_done]}
    if kept != workspace.settings.get(SETUP):
        workspace.settings = {**workspace.settings, SETUP: kept}
        unit.audit(actor, "setup_step", step.value, done=kept["done"])
    return step

"""The first day of watching. Refuses to begin twice: what held before it is diagnosed once."""

from datetime import date

from bot.core.hours import local_day
from bot.core.refusal import AlreadyDone
from bot.store.unit import Unit


def start_workspace(unit: Unit, actor: str) -> date:
    """Watch from today on, the workspace's own day; only what begins later opens an alert."""
    workspace = unit.workspace
    if workspace.started_on is not None:
        raise AlreadyDone("already_started", started_on=workspace.started_on)
    workspace.started_on = local_day(unit.at, workspace.zone)
    unit.audit(actor, "workspace_started", workspace.team_id, on=str(workspace.started_on))
    return workspace.started_on

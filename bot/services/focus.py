"""The company's focus: kept with the workspace, changed by ops or a manager, on the audit log."""

from bot.core.focus import Focus
from bot.store.focus import SETTING, read_focus
from bot.store.unit import Unit


def choose_focus(unit: Unit, focus: Focus, actor: str) -> bool:
    """Put this first from now on; False where it was so."""
    before = read_focus(unit)
    if before is focus:
        return False
    unit.workspace.settings = {**unit.workspace.settings, SETTING: focus.value}
    unit.audit(actor, "focus_chosen", unit.workspace.team_id, now=focus.value, was=before.value)
    return True

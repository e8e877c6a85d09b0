"""How often accounts are spoken to at least, by how they are served. Refuses to guess: where ops
has said nothing, the cadence of an account's tier holds (`bot.core.monthly_list`).
"""

from collections.abc import Mapping

from bot.core.vocabulary import Touch
from bot.store.tables import Workspace
from bot.store.unit import Unit

# In the workspace's settings: days by way of serving.
_KEPT = "contact_days"


def read_contact_days(workspace: Workspace) -> dict[Touch, int]:
    """Calendar days between contacts, where ops has chosen them."""
    kept = workspace.settings.get(_KEPT, {})
    return {Touch(touch): int(days) for touch, days in kept.items()}


def choose_contact_days(unit: Unit, chosen: Mapping[Touch, int | None], actor: str) -> bool:
    """Use these from now on, None for the tier's own; False where it was so already."""
    kept = {touch.value: days for touch, days in chosen.items() if days is not None}
    workspace = unit.workspace
    if kept == workspace.settings.get(_KEPT, {}):
        return False
    workspace.settings = {**workspace.settings, _KEPT: kept}
    unit.audit(actor, "contact_days_chosen", workspace.team_id, **kept)
    return True

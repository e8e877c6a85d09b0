"""What the company puts first, from the workspace's settings."""

from bot.core.focus import Focus
from bot.store.unit import Unit

SETTING = "focus"


def read_focus(unit: Unit) -> Focus:
    """The focus chosen, else keeping customers."""
    return Focus(unit.workspace.settings.get(SETTING, Focus.CHURN))

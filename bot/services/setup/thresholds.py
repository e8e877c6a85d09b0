"""Where the bands begin: in the first hour a new version at once, later a draft to be approved.

Provisional until somebody decides again four weeks after the start, with real weeks to look at.
"""

from datetime import date, timedelta
from enum import StrEnum

from bot.core.refusal import BadInput, Refusal
from bot.core.revision import Thresholds
from bot.health.edits import with_bands
from bot.health.model import read_document
from bot.services.models.activation import activate_at_once
from bot.services.models.approval import needs_second
from bot.services.models.drafts import (
    change_draft,
    document_in_use,
    find_draft,
    name_of,
    start_draft,
)
from bot.store.tables import Workspace
from bot.store.unit import Unit

DECIDED = "thresholds_decided_on"
REVISED_AFTER = timedelta(weeks=4)


class Decided(StrEnum):
    """What became of a decision: all stays, it is in use, or it waits for a second person."""

    KEPT = "kept"
    USED = "used"
    DRAFTED = "drafted"


def read_thresholds(unit: Unit) -> Thresholds:
    """Of the model in force, else of the shipped one."""
    bands = document_in_use(unit).bands
    return Thresholds(int(bands.red_below), int(bands.green_from))


def is_provisional(workspace: Workspace) -> bool:
    """Whether nobody has decided since four weeks after the start."""
    decided, started_on = workspace.settings.get(DECIDED), workspace.started_on
    if decided is None or started_on is None:
        return True
    return date.fromisoformat(decided) < started_on + REVISED_AFTER


def decide_thresholds(unit: Unit, wanted: Thresholds, actor: str, today: date) -> Decided:
    """Use these from now on, or once a second person has approved; as they were is a decision."""
    if not 0 < wanted.red_below < wanted.green_from <= 100:
        raise BadInput("bad_thresholds")
    workspace = unit.workspace
    workspace.settings = {**workspace.settings, DECIDED: today.isoformat()}
    if read_thresholds(unit) == wanted:
        unit.audit(actor, "thresholds_kept", "health", **vars(wanted))
        return Decided.KEPT
    if needs_second(unit):
        _draft(unit, wanted, actor)
        return Decided.DRAFTED
    document = with_bands(document_in_use(unit), wanted.red_below, wanted.green_from)
    activate_at_once(unit, document, actor, today)
    return Decided.USED


def _draft(unit: Unit, wanted: Thresholds, actor: str) -> None:
    """A draft with these bands; one's own is changed, another's is left to whoever is at it."""
    row = find_draft(unit)
    if row is None:
        document = with_bands(document_in_use(unit), wanted.red_below, wanted.green_from)
        start_draft(unit, document, actor)
        return
    if row.changed_by != actor:
        name = name_of(unit, row.changed_by)
        raise Refusal("model_draft_there", version=row.version, name=name)
    document = with_bands(read_document(row.document), wanted.red_below, wanted.green_from)
    change_draft(unit, row.version, row.revision, document, actor)

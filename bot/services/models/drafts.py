"""The one draft of a workspace's health model: begun, changed, given up. Every step is audited.

Refuses a second draft, and a change of something its editor has not seen.
"""

from sqlalchemy import func, select

from bot.core.model_simulation import Simulation
from bot.core.refusal import Refusal
from bot.health.changes import list_changes
from bot.health.model import HealthDocument, load_default, read_document
from bot.services.health_models import find_active, use_shipped
from bot.store.bulk.native import take_turn
from bot.store.tables import HealthModel, Member
from bot.store.unit import Unit

DRAFT, SIMULATED, RETIRED, DISCARDED = "draft", "simulated", "retired", "discarded"
IN_WORK = (DRAFT, SIMULATED)

NOTE = 500


def find_draft(unit: Unit) -> HealthModel | None:
    """The version somebody works on, simulated or not; None while there is none."""
    return unit.session.scalars(
        select(HealthModel).where(HealthModel.status.in_(IN_WORK))
    ).one_or_none()


def lock_draft(unit: Unit, version: int, revision: int) -> HealthModel:
    """The draft as the person has seen it, which nobody else changes meanwhile."""
    take_turn(unit.connection, unit.workspace_id, "health_models")
    return get_seen(unit, version, revision)


def get_seen(unit: Unit, version: int, revision: int) -> HealthModel:
    """The draft as the person has seen it; refused where it is gone or another by now."""
    row = find_draft(unit)
    if row is None or row.version != version:
        raise Refusal("no_such_model_draft")
    if row.revision != revision:
        raise Refusal(
            "model_draft_changed",
            name=name_of(unit, row.changed_by),
            at=row.changed_at,
            zone=unit.workspace.zone,
        )
    return row


def start_draft(unit: Unit, document: HealthDocument, actor: str, note: str = "") -> HealthModel:
    """A draft with this document behind the last version; one at a time."""
    take_turn(unit.connection, unit.workspace_id, "health_models")
    there = find_draft(unit)
    if there is not None:
        raise Refusal(
            "model_draft_there", version=there.version, name=name_of(unit, there.changed_by)
        )
    active = find_active(unit) or use_shipped(unit)
    made = HealthModel(
        version=next_number(unit),
        status=DRAFT,
        document=document.model_dump(mode="json"),
        made_by=actor,
        made_at=unit.at,
        base_version=active.number,
        changed_by=actor,
        changed_at=unit.at,
        note=note.strip()[:NOTE],
    )
    unit.add(made)
    unit.session.flush()
    unit.audit(
        actor,
        "health_model_draft_made",
        str(made.version),
        base=made.base_version,
        note=made.note,
        changes=_told(active.document, document),
    )
    return made


def change_draft(
    unit: Unit,
    version: int,
    revision: int,
    document: HealthDocument,
    actor: str,
    note: str | None = None,
) -> HealthModel:
    """The draft with another document; a simulated one is to be simulated again."""
    row = lock_draft(unit, version, revision)
    before = read_document(row.document)
    said = row.note if note is None else note.strip()[:NOTE]
    if before == document and said == row.note:
        return row
    if before != document:
        row.status, row.simulation, row.simulated_at = DRAFT, None, None
    row.document, row.note = document.model_dump(mode="json"), said
    row.revision, row.changed_by, row.changed_at = row.revision + 1, actor, unit.at
    unit.audit(
        actor,
        "health_model_draft_changed",
        str(row.version),
        revision=row.revision,
        note=row.note,
        changes=_told(before, document),
    )
    return row


def keep_simulation(unit: Unit, version: int, simulation: Simulation, actor: str) -> None:
    """What was found of the draft as it stands; refused where it was changed meanwhile."""
    row = lock_draft(unit, version, simulation.revision)
    row.status, row.simulation, row.simulated_at = SIMULATED, simulation.to_json(), unit.at
    unit.audit(
        actor,
        "health_model_simulated",
        str(version),
        revision=row.revision,
        run_on=simulation.run_on.isoformat(),
        against=simulation.against,
    )


def discard_draft(unit: Unit, version: int, revision: int, actor: str) -> None:
    """Give the draft up; its number is not used again."""
    row = lock_draft(unit, version, revision)
    row.status = DISCARDED
    unit.audit(actor, "health_model_discarded", str(version))


def next_number(unit: Unit) -> int:
    """The number of the next version."""
    return (unit.session.scalar(select(func.max(HealthModel.version))) or 0) + 1


def name_of(unit: Unit, actor: str | None) -> str:
    """Who that is by name; what is no person keeps its word."""
    found = unit.session.scalars(select(Member.name).filter_by(slack_user=actor)).first()
    return found or actor or ""


def document_in_use(unit: Unit) -> HealthDocument:
    """Of the active version, else what the bot ships with."""
    active = find_active(unit)
    return active.document if active else load_default()


def _told(before: HealthDocument, after: HealthDocument) -> list[dict[str, object]]:
    return [each.to_json() for each in list_changes(before, after)]

"""From a simulated draft to the version in use: asked for, approved by a second person, sent back.

Refuses what nobody simulated, and whoever changed the draft last.
"""

from collections.abc import Collection
from datetime import date

from bot.ask import Person
from bot.core.refusal import Refusal
from bot.core.vocabulary import Role
from bot.people import build_person
from bot.services.health_models import find_active
from bot.services.models.activation import activate
from bot.services.models.drafts import DRAFT, SIMULATED, find_draft, lock_draft
from bot.store.members import list_active
from bot.store.tables import HealthModel
from bot.store.unit import Unit

# Who may put a version into use that somebody else has made.
APPROVERS = frozenset({Role.OPS, Role.MANAGER})


def needs_second(unit: Unit) -> bool:
    """In the first hour, before watching has begun, one person may do it alone."""
    return unit.workspace.started_on is not None


def find_changer(unit: Unit) -> Person | None:
    """Whoever changed the draft last; None where there is no draft or that is no member."""
    row = find_draft(unit)
    return next(
        (each for each in _list_people(unit) if row and each.slack_user == row.changed_by), None
    )


def list_approvers(unit: Unit, row: HealthModel) -> list[Person]:
    """Who may approve this draft now, by name."""
    is_open = not needs_second(unit)
    return [
        each
        for each in _list_people(unit)
        if each.has(*APPROVERS) and (is_open or each.slack_user != row.changed_by)
    ]


def must_be_simulated(unit: Unit, version: int, revision: int) -> HealthModel:
    """The draft as seen, with a simulation of just this document against the version in use."""
    row = lock_draft(unit, version, revision)
    active = find_active(unit)
    against = (row.simulation or {}).get("against")
    if row.status != SIMULATED or active is None or against != active.number:
        raise Refusal("model_not_simulated")
    return row


def list_seconds(unit: Unit, actor: str) -> list[Person]:
    """Who could be asked to approve the draft that `actor` has in hand, robots among them."""
    row = find_draft(unit)
    return [each for each in list_approvers(unit, row) if each.slack_user != actor] if row else []


def ask_approval(
    unit: Unit, version: int, revision: int, actor: str, robots: Collection[str] = ()
) -> list[Person]:
    """Whom to ask; `model_no_second` where nobody else may approve. A robot judges nothing."""
    must_be_simulated(unit, version, revision)
    asked = [each for each in list_seconds(unit, actor) if each.slack_user not in robots]
    if not asked:
        raise Refusal("model_no_second")
    names = [each.name for each in asked]
    unit.audit(actor, "health_model_approval_asked", str(version), revision=revision, of=names)
    return asked


def approve(unit: Unit, version: int, revision: int, actor: str, today: date) -> bool:
    """Put the draft into use; whether today's scores stand as they are with it already.

    Where they do not, they are to be computed anew.
    """
    row = must_be_simulated(unit, version, revision)
    if needs_second(unit) and actor == row.changed_by:
        raise Refusal("model_own_draft")
    row.approved_by, row.approved_at = actor, unit.at
    unit.audit(actor, "health_model_approved", str(version), revision=revision)
    return activate(unit, row, actor, today)


def reject(unit: Unit, version: int, revision: int, actor: str, reason: str) -> HealthModel:
    """Send the draft back with a reason; it may be changed and simulated again."""
    if not reason.strip():
        raise Refusal("model_needs_reason")
    row = lock_draft(unit, version, revision)
    row.status, row.revision = DRAFT, row.revision + 1
    row.simulation, row.simulated_at = None, None
    unit.audit(actor, "health_model_rejected", str(version), reason=reason.strip()[:500])
    return row


def _list_people(unit: Unit) -> list[Person]:
    members = [each for each in list_active(unit) if each.slack_user]
    return [build_person(each, unit.workspace) for each in members]

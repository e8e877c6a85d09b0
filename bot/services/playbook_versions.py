"""What becomes of a playbook's versions by decision. Refuses to touch what others have drafted.

Of each playbook at most one version is in use and at most one is a draft.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.core.playbook_week import ACTIVE, DRAFT, RETIRED
from bot.core.refusal import Refusal
from bot.store.tables import Playbook
from bot.store.unit import Unit


def lock_versions(unit: Unit, key: str) -> list[Playbook]:
    """All versions, oldest first, which nobody else changes meanwhile; one at least was in use."""
    found = lock_any(unit, key)
    if not any(each.status != DRAFT for each in found):
        raise Refusal("no_such_playbook", said=key)
    return found


def lock_any(unit: Unit, key: str) -> list[Playbook]:
    """All versions as `lock_versions` gives them, also of a playbook that was never in use."""
    wanted = select(Playbook).filter_by(key=key).order_by(Playbook.version).with_for_update()
    return list(unit.session.scalars(wanted))


def find_last_used(versions: Sequence[Playbook]) -> Playbook | None:
    """The version in use, else the last one that was; None of a playbook that never was."""
    used = [each for each in versions if each.status != DRAFT]
    last = used[-1] if used else None
    return next((each for each in used if each.status == ACTIVE), last)


def get_last_used(versions: Sequence[Playbook]) -> Playbook:
    """As `find_last_used`, of a playbook that was in use."""
    found = find_last_used(versions)
    assert found is not None
    return found


def start_draft(
    unit: Unit, versions: Sequence[Playbook], document: dict[str, Any], actor: str
) -> int:
    """A draft with this document behind the last version; one that is there already stays."""
    there = next((each for each in versions if each.status == DRAFT), None)
    if there is not None:
        return there.version
    last = versions[-1]
    made = Playbook(
        key=last.key,
        version=last.version + 1,
        status=DRAFT,
        document=document,
        made_by=actor,
        made_at=unit.at,
    )
    unit.add(made)
    unit.audit(actor, "playbook_drafted", f"{made.key}:{made.version}")
    return made.version


def drop_draft(unit: Unit, versions: Sequence[Playbook], actor: str, made_at: datetime) -> None:
    """Take back the draft this person made at that instant, unless somebody has worked on it."""
    for each in versions:
        if (each.status, each.made_by, each.made_at) == (DRAFT, actor, made_at):
            unit.session.delete(each)
            unit.audit(actor, "playbook_draft_dropped", f"{each.key}:{each.version}")


def retire(unit: Unit, versions: Sequence[Playbook], actor: str) -> None:
    """Out of use: nothing opens by it any more, what is open stays."""
    for each in versions:
        if each.status == ACTIVE:
            each.status = RETIRED
            unit.audit(actor, "playbook_retired", f"{each.key}:{each.version}")


def reinstate(unit: Unit, versions: Sequence[Playbook], actor: str) -> None:
    """Into use again, the version that was used last."""
    last = get_last_used(versions)
    if last.status != ACTIVE:
        last.status = ACTIVE
        unit.audit(actor, "playbook_reinstated", f"{last.key}:{last.version}")

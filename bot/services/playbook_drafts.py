"""Drafts of playbooks: what can be set in one, and putting it into use.

Refuses a draft that is in use or gone, and limits that the document's own rules refuse.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from sqlalchemy import select

from bot.core.playbook_draft import Draft, DraftLimit, FirstVersion
from bot.core.playbook_week import ACTIVE, DRAFT, RETIRED
from bot.core.refusal import Refusal
from bot.playbooks.document import dump_playbook, read_playbook
from bot.services.playbook_versions import find_last_used, lock_any
from bot.signals.catalogue import load_signals
from bot.store.tables import Playbook
from bot.store.unit import Unit

# Its stages are told apart by the days of the tasks, which no form sets.
_FIXED = frozenset({"renewal"})


def find_draft(unit: Unit, key: str) -> Draft | None:
    """The playbook's draft, or None while nobody works on one."""
    wanted = select(Playbook).filter_by(key=key).order_by(Playbook.version)
    versions = list(unit.session.scalars(wanted))
    made = next((each for each in versions if each.status == DRAFT), None)
    if made is None:
        return None
    used = find_last_used(versions)
    before = _limits(used.document) if used else {}
    limits = [
        DraftLimit(signal, name, before.get((signal, name), value), value)
        for (signal, name), value in _limits(made.document).items()
    ]
    first = None if used else _read_first(made.document)
    return Draft(key, made.version, made.document["name"], limits, first)


def use_draft(
    unit: Unit, key: str, number: int, limits: Mapping[tuple[str, str], float], actor: str
) -> None:
    """Put the draft into use with these limits; the version before is retired.

    Once watching has begun, a new playbook takes a second person: `playbook_own_draft`.
    """
    versions = lock_any(unit, key)
    made = _get_draft(versions, number)
    is_new = find_last_used(versions) is None
    if is_new and unit.workspace.started_on is not None and made.made_by == actor:
        raise Refusal("playbook_own_draft")
    made.document = dump_playbook(read_playbook(_with_limits(made.document, limits)))
    for each in versions:
        if each.status == ACTIVE:
            each.status = RETIRED
    made.status = ACTIVE
    told = {f"{signal}.{name}": value for (signal, name), value in limits.items()}
    unit.audit(actor, "playbook_activated", f"{key}:{number}", limits=told)


def discard_new(unit: Unit, key: str, number: int, actor: str) -> dict[str, str]:
    """Take back the draft of a playbook that was never in use; its name by language."""
    versions = lock_any(unit, key)
    made = _get_draft(versions, number)
    if find_last_used(versions) is not None:
        raise Refusal("no_such_draft")
    name: dict[str, str] = made.document["name"]
    unit.session.delete(made)
    unit.audit(actor, "playbook_draft_dropped", f"{key}:{number}")
    return name


def _read_first(document: Mapping[str, Any]) -> FirstVersion:
    steps = [(each["name"], each["within_business_days"]) for each in document["steps"]]
    signs = [each["key"] for each in document["signals"]]
    return FirstVersion(signs, steps, document["hypothesis"])


def _get_draft(versions: Sequence[Playbook], number: int) -> Playbook:
    made = next((each for each in versions if each.version == number), None)
    if made is None or made.status != DRAFT:
        raise Refusal("no_such_draft")
    return made


def _with_limits(
    document: Mapping[str, Any], limits: Mapping[tuple[str, str], float]
) -> dict[str, Any]:
    made = deepcopy(dict(document))
    for sign in made["signals"]:
        own = {name: value for (signal, name), value in limits.items() if signal == sign["key"]}
        sign["limits"] = {**sign.get("limits", {}), **own}
    return made


def _limits(document: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    known = load_signals()
    return {
        (sign["key"], name): value
        for sign in document["signals"]
        if sign["key"] not in _FIXED
        for name, value in {**known[sign["key"]].limits, **sign.get("limits", {})}.items()
    }

"""Drafts of playbooks: what can be set in one, and putting it into use.

Refuses a draft that is in use or gone, and limits that the document's own rules refuse.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sqlalchemy import select

from bot.core.playbook_draft import Draft, DraftLimit
from bot.core.playbook_week import ACTIVE, DRAFT, RETIRED
from bot.core.refusal import Refusal
from bot.playbooks.document import dump_playbook, read_playbook
from bot.services.playbook_versions import get_last_used, lock_versions
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
    before = _limits(get_last_used(versions).document)
    limits = [
        DraftLimit(signal, name, before.get((signal, name), value), value)
        for (signal, name), value in _limits(made.document).items()
    ]
    return Draft(key, made.version, made.document["name"], limits)


def use_draft(
    unit: Unit, key: str, number: int, limits: Mapping[tuple[str, str], float], actor: str
) -> None:
    """Put the draft into use with these limits; the version before is retired."""
    versions = lock_versions(unit, key)
    made = next((each for each in versions if each.version == number), None)
    if made is None or made.status != DRAFT:
        raise Refusal("no_such_draft")
    made.document = dump_playbook(read_playbook(_with_limits(made.document, limits)))
    for each in versions:
        if each.status == ACTIVE:
            each.status = RETIRED
    made.status = ACTIVE
    told = {f"{signal}.{name}": value for (signal, name), value in limits.items()}
    unit.audit(actor, "playbook_activated", f"{key}:{number}", limits=told)


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

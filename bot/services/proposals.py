"""Which playbooks with many false alarms could be set stricter, and by what. Two statements."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

from sqlalchemy import select

from bot.core.alert import list_opening
from bot.core.playbook_week import ACTIVE
from bot.core.thresholds import Opened, Proposal, propose
from bot.core.vocabulary import Ending
from bot.core.week import Week
from bot.signals.catalogue import load_signals
from bot.store.tables import Episode, Playbook
from bot.store.unit import Unit
from bot.store.weekly_playbooks import LOOKED_BACK


def find_proposals(unit: Unit, keys: Collection[str], days: Week) -> dict[str, Proposal]:
    """By playbook, from the alerts that its version in use opened in the weeks looked back on."""
    wanted = select(Playbook).where(Playbook.status == ACTIVE, Playbook.key.in_(keys))
    in_use = {row.key: row for row in unit.session.scalars(wanted)}
    opened = _list_opened(unit, in_use, days)
    weeks = _count_weeks(unit, days)
    found = {
        key: propose(_limits(row.document), opened.get(key, []), weeks)
        for key, row in in_use.items()
    }
    return {key: made for key, made in found.items() if made is not None}


def with_proposal(document: Mapping[str, Any], proposal: Proposal) -> dict[str, Any]:
    """The document with the limit as proposed."""
    made = deepcopy(dict(document))
    for sign in made["signals"]:
        if sign["key"] == proposal.signal:
            sign["limits"] = {**sign.get("limits", {}), proposal.name: proposal.after}
    return made


def _limits(document: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """The limits in force by signal and name: the playbook's own, else the signal's."""
    known = load_signals()
    return {
        (sign["key"], name): value
        for sign in document["signals"]
        for name, value in {**known[sign["key"]].limits, **sign.get("limits", {})}.items()
    }


def _list_opened(unit: Unit, in_use: Mapping[str, Playbook], days: Week) -> dict[str, list[Opened]]:
    wanted = (
        select(Episode.playbook, Episode.playbook_version, Episode.evidence, Episode.ending)
        .where(Episode.playbook.in_(in_use))
        .where(Episode.opened_on.between(days.next_on - LOOKED_BACK, days.until_on))
    )
    found: dict[str, list[Opened]] = {}
    for key, version, evidence, ending in unit.session.execute(wanted):
        if version == in_use[key].version:
            made = Opened(list_opening(evidence), ending == Ending.FALSE_ALARM.value)
            found.setdefault(key, []).append(made)
    return found


def _count_weeks(unit: Unit, days: Week) -> int:
    """Weeks on record, no more than are looked back on; a begun one counts."""
    started_on = unit.workspace.started_on
    first_on = days.next_on - LOOKED_BACK
    watched = days.next_on - max(started_on or first_on, first_on)
    return max(1, -(-watched.days // 7))

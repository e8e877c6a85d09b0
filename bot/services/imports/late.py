"""Which accounts a block of imported rows moves, and from which day. Runs in the child alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.services.imports.targets import TARGETS, Target
from bot.store.bulk.touched import mark_touched
from bot.store.tables import Account, Incident, IncidentAccount
from bot.store.unit import Unit

_Block = Sequence[Mapping[str, Any]]


def mark_accounts(unit: Unit, kind: str, block: _Block, corrected: Collection[int]) -> None:
    """Ask for new scores of the accounts that the written rows are about.

    `corrected` are the places of rows that were stored otherwise before: what they said of which
    day is no longer known, so that they count for all days.
    """
    target = TARGETS[kind]
    if kind == "accounts":
        refs = [row["ref"] for row in block]
        ids = unit.session.scalars(select(Account.id).where(Account.ref.in_(refs))).all()
        mark_touched(unit, ids, kind)
    elif kind == "incidents":
        mark_touched(unit, _list_hit(unit, [row["ref"] for row in block]), kind)
    elif target.of_account:
        ids = sorted({int(row["account_id"]) for row in block})
        mark_touched(unit, ids, kind, _list_since(target, block, corrected))


def _list_hit(unit: Unit, refs: Sequence[str]) -> Sequence[int]:
    """The accounts that these incidents had touched already."""
    known = select(Incident.id).where(Incident.ref.in_(refs))
    hit = select(IncidentAccount.account_id).where(IncidentAccount.incident_id.in_(known))
    return unit.session.scalars(hit.distinct()).all()


def _list_since(
    target: Target, block: _Block, corrected: Collection[int]
) -> dict[int, date] | None:
    since: dict[int, date] = {}
    undated = set[int]()
    for place, row in enumerate(block):
        account_id = int(row["account_id"])
        day = next((row[name] for name in target.day if row.get(name) is not None), None)
        if day is None or place in corrected:
            undated.add(account_id)
        else:
            since[account_id] = min(day, since.get(account_id, day))
    return {account_id: day for account_id, day in since.items() if account_id not in undated}

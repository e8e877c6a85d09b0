"""What runs have found for ops to decide on, as it is told: who decided, and which notices bear it.

A notice is found by its outbox key: a word for what it is about, the run's day, the audience.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from bot.store.tables import AlertWave, Member, OutboxItem, UsageBreak
from bot.store.unit import Unit

Row = TypeVar("Row", AlertWave, UsageBreak)


def list_found(
    unit: Unit, table: type[Row], found_on: date, by: InstrumentedAttribute[str]
) -> list[tuple[Row, str]]:
    """What a run has found in the order of `by`, with the name of whoever has decided since."""
    rows = list(unit.session.scalars(select(table).filter_by(found_on=found_on).order_by(by)))
    deciders = {row.decided_by_id for row in rows if row.decided_by_id is not None}
    named = select(Member.id, Member.name).where(Member.id.in_(deciders))
    names = {row.id: row.name for row in unit.session.execute(named)}
    return [(row, names.get(row.decided_by_id or 0, "")) for row in rows]


def notice_key(word: str, found_on: date) -> str:
    """The outbox key of what a run found, to be followed by `:` and the audience."""
    return f"{word}:{found_on.isoformat()}"


def list_notices(unit: Unit, word: str, found_on: date) -> list[str]:
    """The keys of the notices in which a run's findings were told."""
    told = OutboxItem.key.startswith(f"{notice_key(word, found_on)}:", autoescape=True)
    return list(unit.session.scalars(select(OutboxItem.key).where(told, OutboxItem.kind == "post")))


def list_untold(unit: Unit, word: str, nights: Iterable[date]) -> list[date]:
    """Those of the nights whose findings nobody was told of, oldest first."""
    return [on for on in sorted(set(nights)) if not list_notices(unit, word, on)]

"""A contract known with and without its number is one contract: its yearly value counts once.

A list without numbers has references of its own making. Where account and last or renewal day are
the same, the number of the other source is adopted, whichever file came first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pandas as pd
from sqlalchemy import select, update

from bot.ingest.table import MADE
from bot.store.tables import Contract
from bot.store.unit import Unit

Key = tuple[int, str]


@dataclass(frozen=True)
class Numbered:
    """`rows` under the numbers that are stored, without those that several numbered contracts say
    better; `adopted` gives stored contracts without a number the one that `rows` has.
    """

    rows: pd.DataFrame
    adopted: Mapping[Key, Key] = field(default_factory=dict)


def number_contracts(unit: Unit, frame: pd.DataFrame) -> Numbered:
    """`frame` has `account_id` and `contract_ref`; one query, whatever the number of rows."""
    if frame.empty:
        return Numbered(frame)
    rows = [_Row.of(each) for each in frame.to_dict("records")]
    named = {row.key for row in rows}
    wanted = select(Contract.account_id, Contract.ref, Contract.ends_on, Contract.renews_on)
    stored = [
        _Row((account_id, ref), _days(ends_on, renews_on))
        for account_id, ref, ends_on, renews_on in unit.session.execute(wanted)
    ]
    standing = {row.key for row in stored}
    # What the file itself names is another contract of the file.
    free = [row for row in stored if row.key not in named]
    new = [row for row in rows if row.key not in standing]
    adopted = _adopt([row for row in new if not row.is_made], [row for row in free if row.is_made])
    told = _tell([row for row in new if row.is_made], [row for row in free if not row.is_made])
    refs = [told.get(row.key, row.key[1]) for row in rows]
    numbered = frame.assign(contract_ref=pd.Series(refs, index=frame.index, dtype=object))
    return Numbered(numbered[numbered["contract_ref"].notna()], adopted)


def adopt_numbers(unit: Unit, adopted: Mapping[Key, Key]) -> None:
    """Write the numbers."""
    for (account_id, made), (_, number) in adopted.items():
        mine = (Contract.account_id == account_id, Contract.ref == made)
        unit.session.execute(update(Contract).where(*mine).values(ref=number))


@dataclass(frozen=True)
class _Row:
    """A contract by its reference and the days its term may be told by."""

    key: Key
    days: frozenset[date]

    @classmethod
    def of(cls, said: Mapping[object, object]) -> "_Row":
        key = (int(str(said["account_id"])), str(said["contract_ref"]))
        return cls(key, _days(said.get("ends_on"), said.get("renews_on")))

    @property
    def is_made(self) -> bool:
        return self.key[1].startswith(MADE)

    @property
    def places(self) -> list[tuple[int, date]]:
        return [(self.key[0], day) for day in sorted(self.days)]


def _adopt(numbered: Iterable[_Row], made: Iterable[_Row]) -> dict[Key, Key]:
    """Stored contracts without a number by the number that comes; each has one at most."""
    at = _by_place(made)
    adopted: dict[Key, Key] = {}
    for row in numbered:
        found = [key for place in row.places for key in at[place] if key not in adopted]
        if found:
            adopted[found[0]] = row.key
    return adopted


def _tell(made: Iterable[_Row], numbered: Iterable[_Row]) -> dict[Key, str | None]:
    """The stored number of rows without one; None where one row does not stand for one contract."""
    at = _by_place(numbered)
    found = {row.key: {key for place in row.places for key in at[place]} for row in made}
    claims = Counter(key for keys in found.values() for key in keys)
    told: dict[Key, str | None] = {}
    for row, keys in found.items():
        sole = next(iter(keys)) if len(keys) == 1 else None
        if keys:
            told[row] = sole[1] if sole and claims[sole] == 1 else None
    return told


def _by_place(rows: Iterable[_Row]) -> defaultdict[tuple[int, date], list[Key]]:
    found: defaultdict[tuple[int, date], list[Key]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: each.key):
        for place in row.places:
            found[place].append(row.key)
    return found


def _days(ends_on: object, renews_on: object) -> frozenset[date]:
    """Last and renewal day; who renews on 1 April may be said to end on 31 March."""
    ends, renews = _day(ends_on), _day(renews_on)
    before = renews - timedelta(days=1) if renews else None
    return frozenset(day for day in (ends, renews, before) if day)


def _day(value: object) -> date | None:
    if value is pd.NaT or not isinstance(value, date):
        return None
    return value.date() if isinstance(value, datetime) else value

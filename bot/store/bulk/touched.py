"""Marks on accounts that a fact moved since their last score. Free of numpy: anybody marks.

Of a fact that a finished run could have counted it is kept that it came late, and of what kind
it was: by that a past day's score that comes out otherwise today is told from a fault.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection

from bot.store.bulk.native import execute, fetch, instant, is_one_of, one_of, upsert
from bot.store.unit import Unit

Mark = tuple[int, int]
USAGE = "usage"


def mark_touched(
    unit: Unit, account_ids: Iterable[int], kind: str, since: Mapping[int, date] | None = None
) -> None:
    """Ask for new scores of these accounts, in the transaction of the fact that moved them.

    `since` is by account the first day that a new fact speaks of; an account that is not in it
    got a fact without a day, or another version of a known one.
    """
    connection, ids = unit.connection, [int(account_id) for account_id in account_ids]
    mark, at = secrets.randbits(62), instant(connection, unit.at)
    upsert(
        connection,
        "touched_accounts",
        ("workspace_id", "id"),
        ("workspace_id", "id", "mark", "touched_at"),
        [(unit.workspace_id, account_id, mark, at) for account_id in ids],
    )
    _note_late(unit, ids, kind, since or {})


def list_late_kinds(
    unit: Unit, run_on: date, data_on: date | None, after: datetime
) -> dict[int, frozenset[str]]:
    """By account the kinds of facts that a run of that day could count and came after `after`."""
    kept: dict[int, set[str]] = {}
    for account_id, kind in fetch(
        unit.connection,
        "SELECT DISTINCT account_id, kind FROM late_facts"
        " WHERE workspace_id = :ours AND known_at > :after AND (from_on IS NULL"
        " OR kind <> :usage AND from_on <= :run_on OR from_on <= :data_on)",
        ours=unit.workspace_id,
        after=instant(unit.connection, after),
        usage=USAGE,
        data_on=(data_on or date.min).isoformat(),
        run_on=run_on.isoformat(),
    ):
        kept.setdefault(account_id, set()).add(kind)
    return {account_id: frozenset(kinds) for account_id, kinds in kept.items()}


def is_usage_late(unit: Unit, after: datetime) -> bool:
    """Whether days of usage that runs had counted have changed since."""
    return bool(
        fetch(
            unit.connection,
            "SELECT 1 FROM late_facts WHERE workspace_id = :ours AND kind = :usage"
            " AND known_at >= :after LIMIT 1",
            ours=unit.workspace_id,
            usage=USAGE,
            after=instant(unit.connection, after),
        )
    )


def _note_late(unit: Unit, ids: Sequence[int], kind: str, since: Mapping[int, date]) -> None:
    seen_until = _find_seen(unit, kind) if ids else None
    if seen_until is None:
        return
    days = [(account_id, since.get(account_id)) for account_id in ids]
    at = instant(unit.connection, unit.at)
    upsert(
        unit.connection,
        "late_facts",
        ("workspace_id", "id"),
        ("workspace_id", "id", "account_id", "kind", "from_on", "known_at"),
        [
            (unit.workspace_id, unit.ids.next(), key, kind, on.isoformat() if on else None, at)
            for key, on in days
            if on is None or on <= seen_until
        ],
    )


def _find_seen(unit: Unit, kind: str) -> date | None:
    """The last day that any finished run has counted; of usage its last whole day."""
    column = "data_on" if kind == USAGE else "run_on"
    [(day,)] = fetch(
        unit.connection,
        f"SELECT MAX({column}) FROM score_runs"
        " WHERE workspace_id = :ours AND finished_at IS NOT NULL",
        ours=unit.workspace_id,
    )
    return date.fromisoformat(day) if isinstance(day, str) else day


def list_marks(
    connection: Connection, workspace_id: int, first_id: int, last_id: int
) -> list[Mark]:
    """The marked accounts from one id to another, both included, and their marks, by id."""
    return _marks(
        connection,
        "SELECT id, mark FROM touched_accounts"
        " WHERE workspace_id = :ours AND id BETWEEN :low AND :high ORDER BY id",
        ours=workspace_id,
        low=first_id,
        high=last_id,
    )


def list_next_marks(
    connection: Connection, workspace_id: int, after_id: int, limit: int
) -> list[Mark]:
    """The next `limit` marked accounts after an id, and their marks, by id."""
    return _marks(
        connection,
        "SELECT id, mark FROM touched_accounts"
        " WHERE workspace_id = :ours AND id > :after ORDER BY id LIMIT :most",
        ours=workspace_id,
        after=after_id,
        most=limit,
    )


def _marks(connection: Connection, statement: str, **values: int) -> list[Mark]:
    return [(account_id, mark) for account_id, mark in fetch(connection, statement, **values)]


def drop_marks(connection: Connection, workspace_id: int, marks: Sequence[Mark]) -> None:
    """Take these marks away; an account marked anew in the meantime keeps its new mark."""
    # All that one transaction touched share its mark, so there are few to go through.
    for mark, alike in groupby(sorted(marks, key=itemgetter(1)), key=itemgetter(1)):
        execute(
            connection,
            "DELETE FROM touched_accounts WHERE workspace_id = :ours AND mark = :mark"
            f" AND {is_one_of(connection, 'id')}",
            [
                {
                    "ours": workspace_id,
                    "mark": mark,
                    "ids": one_of(connection, (each for each, _ in alike)),
                }
            ],
        )

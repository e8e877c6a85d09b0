"""Playbook hits of a block of accounts: read whole, written as differences."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table, and_, delete, exists, not_, or_, select, tuple_

from bot.store.bulk.native import Row, execute, fetch, upsert
from bot.store.tables import Account, Episode, PlaybookHit
from bot.store.unit import Unit

IdArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

# Playbook and signal.
HitKind = tuple[str, str]

_KEY = ("workspace_id", "account_id", "playbook", "signal")
_COLUMNS = (*_KEY, "since_on", "step", "level")


@dataclass(frozen=True)
class StoredHits:
    """Hits of one kind by account; `since` counts days from 1970-01-01, `level` NaN for none."""

    account_ids: IdArray
    since: IdArray
    step: IdArray
    level: FloatArray


def read_hits(unit: Unit, low: int, high: int) -> dict[HitKind, StoredHits]:
    """All hits of the accounts from one id to another, both included, by kind."""
    rows = fetch(
        unit.connection,
        "SELECT playbook, signal, account_id, since_on, step, level FROM playbook_hits"
        " WHERE workspace_id = :ours AND account_id BETWEEN :low AND :high",
        ours=unit.workspace_id,
        low=low,
        high=high,
    )
    by_kind: dict[HitKind, list[Row]] = {}
    for playbook, signal, *rest in rows:
        by_kind.setdefault((playbook, signal), []).append(tuple(rest))
    return {kind: _build(found) for kind, found in by_kind.items()}


def write_hits(unit: Unit, rows: Iterable[tuple[int, str, str, date, int, float | None]]) -> None:
    """Keep hits as (account, playbook, signal, since, step, level); a known one is replaced."""
    ours = unit.workspace_id
    kept = [
        (ours, account_id, playbook, signal, since_on.isoformat(), step, level)
        for account_id, playbook, signal, since_on, step, level in rows
    ]
    upsert(unit.connection, "playbook_hits", _KEY, _COLUMNS, kept)


def drop_hits(unit: Unit, rows: Iterable[tuple[int, str, str]]) -> None:
    """Take hits away, named as (account, playbook, signal)."""
    execute(
        unit.connection,
        "DELETE FROM playbook_hits WHERE workspace_id = :ours AND account_id = :account_id"
        " AND playbook = :playbook AND signal = :signal",
        [
            {
                "ours": unit.workspace_id,
                "account_id": account_id,
                "playbook": playbook,
                "signal": signal,
            }
            for account_id, playbook, signal in rows
        ],
    )


def tidy_hits(unit: Unit, kinds: Collection[HitKind]) -> None:
    """Forget what nobody asks any more, and accounts that have left: they come back anew.

    What a playbook out of use still has open is asked about on.
    """
    table, accounts, episodes = PlaybookHit.__table__, Account.__table__, Episode.__table__
    assert isinstance(table, Table)
    gone = select(accounts.c.id).where(
        accounts.c.workspace_id == unit.workspace_id, not_(accounts.c.is_active)
    )
    asked = tuple_(table.c.playbook, table.c.signal).in_(sorted(kinds))
    is_open = exists().where(
        episodes.c.workspace_id == unit.workspace_id,
        episodes.c.account_id == table.c.account_id,
        episodes.c.open_as == table.c.playbook,
    )
    unit.connection.execute(
        delete(table).where(
            table.c.workspace_id == unit.workspace_id,
            or_(and_(not_(asked), not_(is_open)), table.c.account_id.in_(gone)),
        )
    )


def _build(rows: list[Row]) -> StoredHits:
    ids, since, step, level = zip(*rows, strict=True)
    account_ids = np.array(ids, dtype=np.int64)
    order = np.argsort(account_ids)
    return StoredHits(
        account_ids=account_ids[order],
        since=np.array(since, dtype="datetime64[D]").astype(np.int64)[order],
        step=np.array(step, dtype=np.int64)[order],
        level=np.array(level, dtype=np.float64)[order],
    )

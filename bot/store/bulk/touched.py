"""Marks on accounts that a fact moved since their last score. Free of numpy: anybody marks."""

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from bot.store.bulk.native import execute, fetch, instant, upsert
from bot.store.unit import Unit

Mark = tuple[int, int]


def mark_touched(unit: Unit, account_ids: Iterable[int]) -> None:
    """Ask for new scores of these accounts, in the transaction of the fact that moved them."""
    connection = unit.connection
    mark, at = secrets.randbits(62), instant(connection, unit.at)
    upsert(
        connection,
        "touched_accounts",
        ("workspace_id", "id"),
        ("workspace_id", "id", "mark", "touched_at"),
        [(unit.workspace_id, int(account_id), mark, at) for account_id in account_ids],
    )


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
    execute(
        connection,
        "DELETE FROM touched_accounts"
        " WHERE workspace_id = :ours AND id = :account_id AND mark = :mark",
        [{"ours": workspace_id, "account_id": each, "mark": mark} for each, mark in marks],
    )

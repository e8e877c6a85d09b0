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


def list_marks(connection: Connection, workspace_id: int) -> list[Mark]:
    """Every marked account and its mark, by account id."""
    rows = fetch(
        connection,
        "SELECT id, mark FROM touched_accounts WHERE workspace_id = :ours ORDER BY id",
        ours=workspace_id,
    )
    return [(account_id, mark) for account_id, mark in rows]


def drop_marks(connection: Connection, workspace_id: int, marks: Sequence[Mark]) -> None:
    """Take these marks away; an account marked anew in the meantime keeps its new mark."""
    execute(
        connection,
        "DELETE FROM touched_accounts"
        " WHERE workspace_id = :ours AND id = :account_id AND mark = :mark",
        [{"ours": workspace_id, "account_id": each, "mark": mark} for each, mark in marks],
    )

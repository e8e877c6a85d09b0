"""Accounts by what sources call them, a slice at a time: a book of a million is never in memory.

Refuses nothing: an id that nobody answers to is left out.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bot.store.bulk.native import fetch

_PAGE = 5_000


class Named(NamedTuple):
    """What an account is called; the domain in small letters, "" where none is known."""

    id: int
    folded: str
    domain: str
    name: str


def find_ids(connection: Connection, workspace_id: int, refs: Sequence[str]) -> dict[str, int]:
    """Account ids by reference; an alias wins over the customer list's own id."""
    found: dict[str, int] = {}
    for table, column in (("accounts", "id"), ("account_aliases", "account_id")):
        rows = fetch(
            connection,
            f"SELECT ref, {column} FROM {table}"
            f" WHERE workspace_id = :ours AND {_is_one_of(connection)}",
            ours=workspace_id,
            refs=_wanted(connection, refs),
        )
        found.update(dict(rows))
    return found


def iterate_names(connection: Connection, workspace_id: int) -> Iterator[list[Named]]:
    """Every account's names, in pages by id."""
    after = -1
    while page := fetch(
        connection,
        "SELECT id, folded, mail_domain, name FROM accounts"
        " WHERE workspace_id = :ours AND id > :after ORDER BY id LIMIT :most",
        ours=workspace_id,
        after=after,
        most=_PAGE,
    ):
        yield [Named(row[0], row[1], (row[2] or "").lower(), row[3]) for row in page]
        after = page[-1][0]


def _is_one_of(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        return "ref IN (SELECT value FROM json_each(:refs))"
    return "ref = ANY(:refs)"


def _wanted(connection: Connection, refs: Sequence[str]) -> Any:
    texts = list(refs)
    return json.dumps(texts) if connection.dialect.name == "sqlite" else texts

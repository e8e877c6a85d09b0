"""Facts of a block of accounts as columns, aggregated where the database does that best.

Only what was dated up to the day of the run comes out, so that a past day is scored as of
that day. Refuses nothing; what a fact means is the measures' business.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from bot.store.bulk.fact_queries import QUERIES, Columns
from bot.store.bulk.native import fetch, fetch_columns, is_one_of, one_of

FloatArray = NDArray[np.float64]
IdArray = NDArray[np.int64]
# Windows of the statements, in calendar days: `:days_28` is the day 28 days before the run.
_AGES = (28, 60, 90, 112, 180)


@dataclass(frozen=True)
class Facts:
    """Rows of one kind. Days count from 1970-01-01; days and numbers are NaN where empty."""

    account_ids: IdArray
    numbers: dict[str, FloatArray]
    words: dict[str, list[str | None]]


def list_known(connection: Connection, workspace_id: int, kinds: Iterable[str]) -> set[str]:
    """Those of `kinds` of facts of which the workspace has any row; of others nothing is said."""
    asked = sorted(set(kinds) & QUERIES.keys())
    statements = [
        f"SELECT '{kind}' WHERE EXISTS"
        f" (SELECT 1 FROM {QUERIES[kind].table} WHERE workspace_id = :ours)"
        for kind in asked
    ]
    if not statements:
        return set()
    return {
        kind for (kind,) in fetch(connection, " UNION ALL ".join(statements), ours=workspace_id)
    }


def read_accounts(
    connection: Connection, workspace_id: int, columns: Columns, after: int, limit: int
) -> Facts:
    """The next `limit` active accounts after an id, in the order of their ids."""
    return _read(
        connection,
        f"SELECT {_account_names(columns)} FROM accounts"
        " WHERE workspace_id = :ours AND id > :after AND is_active ORDER BY id LIMIT :most",
        columns,
        ours=workspace_id,
        after=after,
        most=limit,
    )


def read_chosen(
    connection: Connection,
    workspace_id: int,
    columns: Columns,
    ids: Sequence[int] | IdArray,
    *,
    with_left: bool = False,
) -> Facts:
    """Those of `ids` that are active accounts, or have been, in the order of their ids."""
    meant = (
        is_one_of(connection, "id") if with_left else f"{is_one_of(connection, 'id')} AND is_active"
    )
    return _read(
        connection,
        f"SELECT {_account_names(columns)} FROM accounts"
        f" WHERE workspace_id = :ours AND {meant} ORDER BY id",
        columns,
        ours=workspace_id,
        ids=one_of(connection, ids),
    )


def read_sample(connection: Connection, workspace_id: int, most: int) -> Facts:
    """About `most` of the active accounts with their countries, evenly over all ids.

    Everybody where they are not more than that. Ids count on, so that every n-th is an even draw.
    """
    active = "FROM accounts WHERE workspace_id = :ours AND is_active"
    [(count,)] = fetch(connection, f"SELECT COUNT(*) {active}", ours=workspace_id)
    columns: Columns = [("country", "w")]
    return _read(
        connection,
        f"SELECT {_account_names(columns)} {active} AND id % :every = 0 ORDER BY id",
        columns,
        ours=workspace_id,
        every=max(1, -(-count // most)),
    )


def read_facts(
    connection: Connection,
    workspace_id: int,
    kind: str,
    account_ids: IdArray,
    on: date,
    *,
    is_span: bool,
) -> Facts:
    """Facts of a kind dated up to `on`; `is_span` asks for all ids from the first to the last."""
    query = QUERIES[kind]
    column = query.account
    which = f"{column} BETWEEN :low AND :high"
    given: dict[str, Any] = {"low": int(account_ids[0]), "high": int(account_ids[-1])}
    if not is_span:
        which, given = is_one_of(connection, column), {"ids": one_of(connection, account_ids)}
    text = query.text.format(which=which)
    days = {name: value for name, value in _days(on).items() if f":{name}" in text}
    return _read(connection, text, query.columns, ours=workspace_id, **given, **days)


def read_common_incidents(connection: Connection, workspace_id: int, on: date) -> Facts:
    """Incidents that hit everybody, still in memory on `on`; their account id is 0."""
    return _read(
        connection,
        "SELECT 0 AS account_id, severity,"
        " CASE WHEN ended_on <= :on THEN ended_on END AS ended_on FROM incidents"
        " WHERE workspace_id = :ours AND hits_everyone AND started_on <= :on"
        " AND (ended_on IS NULL OR ended_on > :days_90) ORDER BY severity, ended_on",
        QUERIES["incidents"].columns,
        ours=workspace_id,
        on=on,
        days_90=on - timedelta(days=90),
    )


def read_day_counts(
    connection: Connection, workspace_id: int, first_on: date, last_on: date
) -> dict[str, dict[date, int]]:
    """By metric and day, how many accounts have a value."""
    rows = fetch(
        connection,
        "SELECT metric, used_on, account_count FROM usage_days"
        " WHERE workspace_id = :ours AND used_on BETWEEN :low AND :high",
        ours=workspace_id,
        low=first_on,
        high=last_on,
    )
    counts: dict[str, dict[date, int]] = {}
    for metric, on, count in rows:
        day = on if isinstance(on, date) else date.fromisoformat(on)
        counts.setdefault(metric, {})[day] = count
    return counts


def read_last_login(connection: Connection, workspace_id: int, on: date) -> float:
    """The last day up to `on` on which any person logged in, from 1970-01-01; NaN for none."""
    # The sign keeps SQLite from reading all logins by workspace rather than from the last day on.
    rows = fetch(
        connection,
        "SELECT active_on FROM contact_activity"
        " WHERE +workspace_id = :ours AND active_on <= :on ORDER BY active_on DESC LIMIT 1",
        ours=workspace_id,
        on=on,
    )
    return float(_day_numbers([row[0] for row in rows] or [None])[0])


def list_limited(connection: Connection, workspace_id: int) -> set[str]:
    """The metrics that any contract limits."""
    rows = fetch(
        connection,
        "SELECT DISTINCT limit_metric FROM contracts"
        " WHERE workspace_id = :ours AND plan_limit IS NOT NULL AND limit_metric IS NOT NULL",
        ours=workspace_id,
    )
    return {metric for (metric,) in rows}


def _days(on: date) -> dict[str, date]:
    ages = {"year_ago": 365} | {f"days_{age}": age for age in _AGES}
    return {
        "on": on,
        "month": on.replace(day=1),
        **{name: on - timedelta(days=age) for name, age in ages.items()},
    }


def _account_names(columns: Columns) -> str:
    return ", ".join(["id AS account_id", *(name for name, _ in columns)])


def _read(connection: Connection, statement: str, columns: Columns, **values: Any) -> Facts:
    names = ["account_id", *(name for name, _ in columns)]
    ids, *read = fetch_columns(connection, statement, names, **values)
    kinds = {name: (kind, found) for (name, kind), found in zip(columns, read, strict=True)}
    return Facts(
        account_ids=np.array(ids, dtype=np.int64),
        numbers={
            name: _day_numbers(found) if kind == "d" else np.array(found, dtype=np.float64)
            for name, (kind, found) in kinds.items()
            if kind != "w"
        },
        words={name: found for name, (kind, found) in kinds.items() if kind == "w"},
    )


def _day_numbers(values: list[Any]) -> FloatArray:
    days = np.array(values, dtype="datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.float64))

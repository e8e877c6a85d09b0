"""Facts of a block of accounts as columns, aggregated where the database does that best.

Only what was dated up to the day of the run comes out, so that a past day is scored as of
that day. Refuses nothing; what a fact means is the measures' business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from bot.store.bulk.native import fetch, fetch_columns, is_one_of, one_of

FloatArray = NDArray[np.float64]
IdArray = NDArray[np.int64]


Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Query:
    """Columns after `account_id`: `d` a day, `n` a number, `w` a word. `table` tells if any."""

    table: str
    text: str
    columns: Columns


@dataclass(frozen=True)
class Facts:
    """Rows of one kind. Days count from 1970-01-01; days and numbers are NaN where empty."""

    account_ids: IdArray
    numbers: dict[str, FloatArray]
    words: dict[str, list[str | None]]


_NPS = """
SELECT account_id, COALESCE(respondent, ref) AS respondent, role, responded_on, score
FROM nps_answers
WHERE workspace_id = :ours AND {which} AND responded_on <= :on AND responded_on > :year_ago
"""
_TICKETS = """
SELECT account_id,
  COUNT(*) FILTER (WHERE opened_on > :days_28) AS opened_28d,
  COUNT(*) FILTER (WHERE opened_on > :days_112 AND opened_on <= :days_28) AS opened_84d_before,
  COUNT(*) FILTER (WHERE solved_on > :on OR (solved_on IS NULL AND status <> 'solved'))
    AS open_now,
  COUNT(*) FILTER (WHERE (solved_on > :on OR (solved_on IS NULL AND status <> 'solved'))
    AND priority IN ('high', 'urgent')) AS urgent_now
FROM tickets WHERE workspace_id = :ours AND {which} AND opened_on <= :on GROUP BY account_id
"""
_INVOICES = """
SELECT account_id, MIN(due_on) FILTER (WHERE paid_on IS NULL OR paid_on > :on) AS oldest_due_on
FROM invoices
WHERE workspace_id = :ours AND {which} AND COALESCE(issued_on, due_on) <= :on
GROUP BY account_id
"""
_INCIDENTS = """
SELECT a.account_id, i.severity, CASE WHEN i.ended_on <= :on THEN i.ended_on END AS ended_on
FROM incident_accounts AS a
JOIN incidents AS i ON i.workspace_id = a.workspace_id AND i.id = a.incident_id
WHERE a.workspace_id = :ours AND {which} AND i.started_on <= :on
  AND (i.ended_on IS NULL OR i.ended_on > :days_90)
"""
_TOUCHES = """
SELECT account_id, MAX(touched_on) AS touched_on FROM touches
WHERE workspace_id = :ours AND {which} AND touched_on <= :on GROUP BY account_id
"""
_VOC = """
SELECT account_id, said_on, speaker_role, sentiment, confidence FROM voc_remarks
WHERE workspace_id = :ours AND {which} AND said_on <= :on AND said_on > :year_ago
  AND sentiment IS NOT NULL
"""
_CHAMPIONS = """
SELECT c.account_id, MAX(a.active_on) AS active_on FROM contacts AS c
JOIN contact_activity AS a ON a.workspace_id = c.workspace_id AND a.account_id = c.account_id
  AND a.contact_ref = c.ref AND a.active_on <= :on
WHERE c.workspace_id = :ours AND {which} AND c.role = 'champion' AND c.is_active
GROUP BY c.account_id
"""
_ACTIVITY = """
SELECT account_id, active_on, COUNT(*) AS people FROM contact_activity
WHERE workspace_id = :ours AND {which} AND active_on <= :on AND active_on > :days_90
GROUP BY account_id, active_on
"""
_CONTRACTS = """
SELECT account_id, MIN(renews_on) FILTER (WHERE renews_on >= :on) AS renews_on,
  MIN(notice_on) FILTER (WHERE notice_on >= :on) AS notice_on
FROM contracts
WHERE workspace_id = :ours AND {which} AND (starts_on IS NULL OR starts_on <= :on)
GROUP BY account_id
"""
# The day by which a contract is decided: a notice deadline that has passed leaves none behind.
_DEADLINES = """
SELECT account_id, MIN(COALESCE(notice_on, renews_on)) AS deadline_on FROM contracts
WHERE workspace_id = :ours AND {which} AND (starts_on IS NULL OR starts_on <= :on)
  AND COALESCE(notice_on, renews_on) >= :on
GROUP BY account_id
"""
# The latest of all that the customer began, logins aside.
_SIGNS = """
SELECT account_id, MAX(seen_on) AS seen_on FROM (
  SELECT account_id, opened_on AS seen_on FROM tickets
  WHERE workspace_id = :ours AND {which} AND opened_on <= :on
  UNION ALL SELECT account_id, responded_on FROM nps_answers
  WHERE workspace_id = :ours AND {which} AND responded_on <= :on
  UNION ALL SELECT account_id, said_on FROM voc_remarks
  WHERE workspace_id = :ours AND {which} AND said_on <= :on
  UNION ALL SELECT account_id, touched_on FROM touches
  WHERE workspace_id = :ours AND {which} AND touched_on <= :on AND initiated_by = 'them'
) AS signs GROUP BY account_id
"""
_LICENCES = """
SELECT account_id, seats FROM contracts
WHERE workspace_id = :ours AND {which} AND (starts_on IS NULL OR starts_on <= :on)
  AND (ends_on IS NULL OR ends_on >= :on) AND seats IS NOT NULL
"""
_MONTHLY = """
SELECT account_id, metric, month_on, value FROM monthly_usage
WHERE workspace_id = :ours AND {which} AND month_on > :year_ago AND month_on < :month
"""

QUERIES = {
    "nps": Query(
        "nps_answers",
        _NPS,
        [("respondent", "w"), ("role", "w"), ("responded_on", "d"), ("score", "n")],
    ),
    "tickets": Query(
        "tickets",
        _TICKETS,
        [("opened_28d", "n"), ("opened_84d_before", "n"), ("open_now", "n"), ("urgent_now", "n")],
    ),
    "invoices": Query("invoices", _INVOICES, [("oldest_due_on", "d")]),
    "incidents": Query("incidents", _INCIDENTS, [("severity", "w"), ("ended_on", "d")]),
    "touches": Query("touches", _TOUCHES, [("touched_on", "d")]),
    "voc": Query(
        "voc_remarks",
        _VOC,
        [("said_on", "d"), ("speaker_role", "w"), ("sentiment", "w"), ("confidence", "w")],
    ),
    "champions": Query("contact_activity", _CHAMPIONS, [("active_on", "d")]),
    "activity": Query("contact_activity", _ACTIVITY, [("active_on", "d"), ("people", "n")]),
    "contracts": Query("contracts", _CONTRACTS, [("renews_on", "d"), ("notice_on", "d")]),
    "deadlines": Query("contracts", _DEADLINES, [("deadline_on", "d")]),
    # Four kinds together, so there is no one table whose emptiness would tell.
    "signs": Query("accounts", _SIGNS, [("seen_on", "d")]),
    "licences": Query("contracts", _LICENCES, [("seats", "n")]),
    "monthly": Query(
        "monthly_usage", _MONTHLY, [("metric", "w"), ("month_on", "d"), ("value", "n")]
    ),
}

ACCOUNT_COLUMNS: dict[str, tuple[str, str]] = {
    "country": ("country", "w"),
    "tier": ("tier", "w"),
    "touch": ("touch", "w"),
    "stage": ("stage", "w"),
    "usage_expected": ("usage_expected", "n"),
    "seats": ("seats", "n"),
    "arr": ("arr_base", "n"),
    "days_since_start": ("started_on", "d"),
}


def list_known(connection: Connection, workspace_id: int) -> frozenset[str]:
    """The kinds of facts of which the workspace has any row."""
    return frozenset(
        kind
        for kind, query in QUERIES.items()
        if fetch(
            connection,
            f"SELECT 1 FROM {query.table} WHERE workspace_id = :ours LIMIT 1",
            ours=workspace_id,
        )
    )


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
    connection: Connection, workspace_id: int, columns: Columns, ids: Sequence[int]
) -> Facts:
    """Those of `ids` that are active accounts, in the order of their ids."""
    return _read(
        connection,
        f"SELECT {_account_names(columns)} FROM accounts"
        f" WHERE workspace_id = :ours AND {is_one_of(connection, 'id')} AND is_active ORDER BY id",
        columns,
        ours=workspace_id,
        ids=one_of(connection, ids),
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
    column = {"incidents": "a.account_id", "champions": "c.account_id"}.get(kind, "account_id")
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
        " AND (ended_on IS NULL OR ended_on > :days_90)",
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


def _days(on: date) -> dict[str, date]:
    ages = {"days_28": 28, "days_90": 90, "days_112": 112, "year_ago": 365}
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

"""Episodes and their tasks in bulk: what is open or was closed in a block, and what opens."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from sqlalchemy import JSON, Connection, Date, Table, bindparam, update
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from bot.store.base import Scoped, UtcDateTime
from bot.store.bulk.native import fetch, insert_new, instant, is_one_of, one_of
from bot.store.tables import Episode, Task
from bot.store.unit import Unit


@dataclass(frozen=True)
class OpenEpisode:
    """What the night needs to know of an open episode."""

    id: int
    account_id: int
    playbook: str
    version: int
    step: int
    clear_since_on: date | None
    evidence: list[dict[str, Any]]


@dataclass(frozen=True)
class Closing:
    """The last time an account's episode of a playbook was closed, and closed as a false alarm."""

    account_id: int
    playbook: str
    closed_on: date
    false_alarm_on: date | None


def read_open(unit: Unit, low: int, high: int) -> list[OpenEpisode]:
    """The open episodes of the accounts from one id to another, both included."""
    rows = fetch(
        unit.connection,
        "SELECT id, account_id, playbook, playbook_version, step, clear_since_on, evidence"
        " FROM episodes"
        " WHERE workspace_id = :ours AND account_id BETWEEN :low AND :high"
        " AND open_as IS NOT NULL",
        ours=unit.workspace_id,
        low=low,
        high=high,
    )
    return [
        OpenEpisode(each, account_id, playbook, version, step, _day(clear_on), _json(evidence))
        for each, account_id, playbook, version, step, clear_on, evidence in rows
    ]


def read_closings(unit: Unit, low: int, high: int) -> list[Closing]:
    """The last closings of the accounts from one id to another, both included."""
    rows = fetch(
        unit.connection,
        "SELECT account_id, playbook, MAX(closed_on),"
        " MAX(closed_on) FILTER (WHERE ending = 'false_alarm') FROM episodes"
        " WHERE workspace_id = :ours AND account_id BETWEEN :low AND :high"
        " AND open_as IS NULL AND closed_on IS NOT NULL GROUP BY account_id, playbook",
        ours=unit.workspace_id,
        low=low,
        high=high,
    )
    return [
        Closing(account_id, playbook, closed_on, _day(false_on))
        for account_id, playbook, last_on, false_on in rows
        if (closed_on := _day(last_on)) is not None
    ]


def read_owners(unit: Unit, account_ids: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
    """Owner and second of these accounts, as ids of members."""
    rows = fetch(
        unit.connection,
        "SELECT id, owner_id, second_id FROM accounts"
        f" WHERE workspace_id = :ours AND {is_one_of(unit.connection, 'id')}",
        ours=unit.workspace_id,
        ids=one_of(unit.connection, account_ids),
    )
    return {account_id: (owner_id, second_id) for account_id, owner_id, second_id in rows}


def insert_episodes(unit: Unit, rows: Sequence[dict[str, Any]]) -> set[int]:
    """Open these, whose ids are given; the ids of those that nobody had opened before."""
    _insert(unit, Episode, ("workspace_id", "account_id", "open_as"), rows)
    ids = [int(row["id"]) for row in rows]
    found = fetch(
        unit.connection,
        "SELECT id FROM episodes"
        f" WHERE workspace_id = :ours AND {is_one_of(unit.connection, 'id')}",
        ours=unit.workspace_id,
        ids=one_of(unit.connection, ids),
    )
    return {episode_id for (episode_id,) in found}


def insert_tasks(unit: Unit, rows: Sequence[dict[str, Any]]) -> None:
    """Make these tasks; what is meant by a key that is there already is made once."""
    _insert(unit, Task, ("workspace_id", "key"), rows)


def set_clear(unit: Unit, episode_ids: Sequence[int], on: date | None) -> None:
    """Nothing holds any more since that day; with None something holds again."""
    _update(unit, {"clear_since_on": on}, [{"which": each} for each in episode_ids])


def set_steps(unit: Unit, rows: Sequence[tuple[int, int]]) -> None:
    """The stage of open episodes, as (id, step)."""
    found = [{"which": episode_id, "new_step": step} for episode_id, step in rows]
    _update(unit, {"step": bindparam("new_step")}, found)


def set_evidence(unit: Unit, rows: Sequence[tuple[int, list[dict[str, Any]]]]) -> None:
    """What is seen of open episodes now, as (id, evidence)."""
    found = [{"which": episode_id, "seen": evidence} for episode_id, evidence in rows]
    _update(unit, {"evidence": bindparam("seen")}, found)


def _update(unit: Unit, values: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    table = _table(Episode)
    meant = (table.c.workspace_id == unit.workspace_id) & (table.c.id == bindparam("which"))
    unit.connection.execute(update(table).where(meant).values(**values), list(rows))


def _insert(
    unit: Unit, model: type[Scoped], unique: Sequence[str], rows: Sequence[dict[str, Any]]
) -> None:
    """Rows with the same columns; what they do not name gets the table's own default."""
    if not rows:
        return
    table, named = _table(model), list(rows[0])
    usual = {
        column.name: column.default.arg
        for column in table.columns
        if isinstance(column.default, ScalarElementColumnDefault) and column.name not in rows[0]
    }
    usual["workspace_id"] = unit.workspace_id
    plain = _plainers(unit.connection, table, named)
    insert_new(
        unit.connection,
        table.name,
        unique,
        [*named, *usual],
        [(*_as_plain(list(row.values()), plain), *usual.values()) for row in rows],
    )


_Plainer = tuple[int, Callable[[Any], Any]]


def _plainers(connection: Connection, table: Table, names: Sequence[str]) -> list[_Plainer]:
    """By place, how values that the driver does not take as they are become plain."""
    kinds: dict[type[Any], Callable[[Any], Any]] = {
        # Few days and instants, many rows.
        UtcDateTime: cache(partial(instant, connection)),
        Date: cache(date.isoformat),
        JSON: json.dumps,
    }
    return [
        (place, kinds[type(table.c[name].type)])
        for place, name in enumerate(names)
        if type(table.c[name].type) in kinds
    ]


def _as_plain(values: list[Any], plainers: Sequence[_Plainer]) -> list[Any]:
    for place, plain in plainers:
        if values[place] is not None:
            values[place] = plain(values[place])
    return values


def _table(model: type[Scoped]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _json(value: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(value) if isinstance(value, str) else value
    return found


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value

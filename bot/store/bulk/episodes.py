"""Episodes and their tasks in bulk: what is open or was closed in a block, and what opens."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import repeat
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
    plain = _plainers(unit.connection)
    columns = [
        _list_plain(rows, name, plain.get(type(table.c[name].type), _as_it_is)) for name in named
    ]
    same = [repeat(value, len(rows)) for value in usual.values()]
    insert_new(
        unit.connection,
        table.name,
        unique,
        [*named, *usual],
        list(zip(*columns, *same, strict=True)),
    )


_Plain = Callable[[Any], Any]


def _plainers(connection: Connection) -> dict[type[Any], _Plain]:
    """By type, how values that the driver does not take as they are become plain."""
    return {
        # Few days and instants, many rows.
        UtcDateTime: cache(partial(instant, connection)),
        Date: cache(date.isoformat),
        JSON: _build_dump(),
    }


def _list_plain(rows: Sequence[dict[str, Any]], name: str, plain: _Plain) -> list[Any]:
    return [None if row[name] is None else plain(row[name]) for row in rows]


def _as_it_is(value: Any) -> Any:
    return value


def _build_dump() -> Callable[[Any], str]:
    """JSON of values; that of a title, which many rows share, is made once."""
    of_words = cache(lambda words: json.dumps(dict(words)))
    return lambda value: (
        of_words(tuple(value.items())) if isinstance(value, dict) else json.dumps(value)
    )


def _table(model: type[Scoped]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _json(value: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(value) if isinstance(value, str) else value
    return found


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value

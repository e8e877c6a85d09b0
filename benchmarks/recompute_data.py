"""Customer bases for the recompute benchmark: the bot's own database, and narrow rows for peers.

Usage: python -m benchmarks.recompute_data FOLDER ACCOUNTS [--peers] [--all]
"""

import argparse
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from benchmarks.recompute_dates import RUN_ON, days_before
from benchmarks.recompute_more import draw_more, list_segments, segment_of
from bot.clock import FixedClock
from bot.core.calendar import WorkCalendar
from bot.store.base import Walled
from bot.store.bulk.native import upsert
from bot.store.bulk.usage import write_usage
from bot.store.engine import build_engine
from bot.store.migrate import upgrade
from bot.store.tables import Account, Workspace
from bot.store.unit import Store, Unit

METRICS = ("logins", "active_users", "key_actions", "features_used", "exports")
LEVELS = (12.0, 8.0, 30.0, 6.0, 4.0)
# Of twenty accounts: where they work, and so which days count.
COUNTRIES = ("DE", "SG", "US", "US", "US", "US", *["JP"] * 14)
# Days that the shipped model looks back on, and those that any measure does.
DAYS, ALL_DAYS = 90, 200
FIRST_ON = RUN_ON - timedelta(days=DAYS)
BLOCK = 2_048
KNOWN_AT = "2026-11-19 00:00:00.000000"
# The first account's id: like real ones, too large for 32 bits.
FIRST_ID = 1 << 40


def open_store(path: Path) -> Store:
    """The bot's store on a SQLite file."""
    clock = FixedClock(datetime(2026, 11, 19, 21, tzinfo=UTC))
    return Store(build_engine(f"sqlite:///{path}"), clock)


def make_store(path: Path, accounts: int, *, in_segments: bool = False) -> Store:
    """A migrated database with one workspace and its accounts, all alike or in segments."""
    upgrade(f"sqlite:///{path}")
    store = open_store(path)
    made = store.add_workspace(Workspace(team_id="T1", name="Bench", created_at=store.clock.now()))
    for ids in _blocks(accounts):
        with store.writing(made.id) as unit:
            _write_accounts(unit, ids, in_segments=in_segments)
    return store


def main() -> None:
    """Make the databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("accounts", type=int)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--all", action="store_true", help="what any measure may ask for")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    ours = make_store(asked.folder / "packed.sqlite3", asked.accounts, in_segments=asked.all)
    days = ALL_DAYS if asked.all else DAYS
    narrow = _Narrow(asked.folder, asked.accounts) if asked.peers else None
    for ids in _blocks(asked.accounts):
        usage, facts = draw_usage(ids, days), draw_facts(ids)
        with ours.writing(1) as unit:
            first_on = RUN_ON - timedelta(days=days)
            write_usage(unit, METRICS, ids, first_on, usage.astype(np.float64))
            _write_facts(unit, facts)
            more = draw_more(ids) if asked.all else {}
            _write_facts(unit, more, beside=True)
        if narrow:
            # DuckDB has limits and segments as tables of their own.
            beside = {
                "limits" if name == "contracts" else name: each for name, each in more.items()
            }
            narrow.add(
                ids, usage, facts | beside | ({"segments": list_segments(ids)} if more else {})
            )
    with ours.writing(1) as unit:
        unit.connection.exec_driver_sql("DELETE FROM touched_accounts WHERE workspace_id = 1")
    ours.engine.dispose()
    if narrow:
        narrow.close()
    print(json.dumps({"bytes": (asked.folder / "packed.sqlite3").stat().st_size}))


def draw_usage(ids: NDArray[np.int64], days: int = DAYS) -> NDArray[np.float32]:
    """[account][metric][day]: lognormal level, drift, quiet days off, noise, some fall silent."""
    stream = np.random.default_rng([2026, int(ids[0])])
    size = (len(ids), len(METRICS), days)
    level = np.array(LEVELS)[None, :, None] * stream.lognormal(0, 0.8, (len(ids), 1, 1))
    drift = 1 + np.linspace(-1, 1, days) * stream.uniform(-0.4, 0.4, (len(ids), 1, 1))
    worked = np.array([_draw_week(country_of(each), days) for each in ids.tolist()])
    values = level * drift * worked[:, None, :] * stream.normal(1, 0.15, size)
    silent_from = np.where(
        stream.random(len(ids)) < 0.04, stream.integers(20, days, len(ids)), days
    )
    values[np.arange(days)[None, None, :] >= silent_from[:, None, None] + np.zeros(size)] = 0
    drawn: NDArray[np.float32] = np.maximum(np.round(values), 0).astype(np.float32)
    drawn[stream.random(size) < 0.05] = np.nan
    return drawn


def country_of(account_id: int) -> str:
    """Where an account works."""
    return COUNTRIES[account_id % len(COUNTRIES)]


@cache
def _draw_week(country: str, days: int) -> list[float]:
    first_on = RUN_ON - timedelta(days=days)
    off = WorkCalendar(country).days_off(first_on, RUN_ON)
    return [0.03 if first_on + timedelta(days=n) in off else 1.0 for n in range(days)]


def draw_facts(ids: NDArray[np.int64]) -> dict[str, pd.DataFrame]:
    """Two or three tickets and a contract per account, two NPS answers for six in ten."""
    stream = np.random.default_rng([7, int(ids[0])])
    tickets = np.repeat(ids, stream.poisson(2.5, len(ids)))
    answering = np.repeat(ids[stream.random(len(ids)) < 0.6], 2)
    return {
        "tickets": pd.DataFrame(
            {
                "account_id": tickets,
                "ref": [f"t{n}" for n in range(len(tickets))],
                "opened_on": days_before(stream, len(tickets), 150),
                "status": np.where(stream.random(len(tickets)) < 0.1, "open", "solved"),
                "priority": stream.choice(["low", "normal", "high", "urgent"], len(tickets)),
            }
        ),
        "nps_answers": pd.DataFrame(
            {
                "account_id": answering,
                "ref": [f"n{n}" for n in range(len(answering))],
                "respondent": [f"p{n % 3}" for n in range(len(answering))],
                "role": stream.choice(["user", "champion", "decision_maker"], len(answering)),
                "responded_on": days_before(stream, len(answering), 300),
                "score": stream.integers(0, 11, len(answering)),
            }
        ),
        "contracts": pd.DataFrame(
            {
                "account_id": ids,
                "ref": [f"k{n}" for n in range(len(ids))],
                "starts_on": days_before(stream, len(ids), 360, least=100),
                "seats": stream.integers(5, 60, len(ids)),
            }
        ),
    }


def _blocks(accounts: int) -> Iterator[NDArray[np.int64]]:
    for first in range(0, accounts, BLOCK):
        yield np.arange(first, min(accounts, first + BLOCK), dtype=np.int64) + FIRST_ID


def _write_accounts(unit: Unit, ids: NDArray[np.int64], *, in_segments: bool) -> None:
    fixed = _defaults(Account) | {"tier": "mid", "owner_mode": "pooled", "known_at": KNOWN_AT}
    fixed.pop("country")
    segments = {each: segment_of(each) if in_segments else {} for each in ids.tolist()}
    more = [name for name in segments[int(ids[0])] if name not in fixed]
    columns = ("workspace_id", "id", "ref", "name", "country", *fixed, *more)
    rows = [
        (1, each, f"a{each}", f"Account {each}", country_of(each), *(fixed | segment).values())
        for each, segment in segments.items()
    ]
    upsert(unit.connection, "accounts", ("workspace_id", "id"), columns, rows)


def _defaults(model: type[Walled]) -> dict[str, Any]:
    """What a column holds when nobody says otherwise; native statements are not told."""
    defaults = {column.name: column.default for column in model.__table__.columns}
    return {
        name: each.arg
        for name, each in defaults.items()
        if isinstance(each, ScalarElementColumnDefault)
    }


def _write_facts(unit: Unit, facts: dict[str, pd.DataFrame], *, beside: bool = False) -> None:
    """`beside` gives ids apart from those written before."""
    for table, frame in facts.items():
        dated = {} if table == "contact_activity" else {"known_at": KNOWN_AT}
        columns = ("workspace_id", "id", *dated, *frame.columns)
        first = (int(frame["account_id"].iloc[0]) << 8) + (beside << 18) if len(frame) else 0
        rows = [
            (1, first + place, *dated.values(), *row)
            for place, row in enumerate(frame.astype(object).itertuples(index=False))
        ]
        upsert(unit.connection, table, ("workspace_id", "id"), columns, rows)


class _Narrow:
    """The same facts as narrow rows: a native DuckDB table, and SQLite keyed by account."""

    def __init__(self, folder: Path, accounts: int) -> None:
        import duckdb

        self._duck = duckdb.connect(str(folder / "duckdb.db"))
        self._lite = sqlite3.connect(folder / "narrow.sqlite3")
        self._duck.execute(
            "CREATE TABLE usage (account_id BIGINT, metric TINYINT, day INTEGER, value FLOAT)"
        )
        self._lite.execute(
            "CREATE TABLE usage (account_id INTEGER, metric INTEGER, day INTEGER, value REAL,"
            " PRIMARY KEY (account_id, metric, day)) WITHOUT ROWID"
        )
        self._lite.execute("PRAGMA synchronous=OFF")
        self._lite.execute("CREATE TABLE accounts (account_id INTEGER PRIMARY KEY, country TEXT)")
        self._duck.execute("CREATE TABLE accounts (account_id BIGINT, country VARCHAR)")
        for name in ("duckdb", "narrow"):
            make_store(folder / f"scores_{name}.sqlite3", accounts).engine.dispose()

    def add(
        self, ids: NDArray[np.int64], usage: NDArray[np.float32], facts: dict[str, pd.DataFrame]
    ) -> None:
        """A block's rows, missing values left out."""
        account, metric, day = np.nonzero(~np.isnan(usage))
        rows = pd.DataFrame(
            {
                "account_id": ids[account],
                "metric": metric.astype(np.int8),
                "day": day.astype(np.int32),
                "value": usage[account, metric, day],
            }
        )
        self._duck.register("rows", rows)
        self._duck.execute("INSERT INTO usage SELECT * FROM rows")
        countries = pd.DataFrame(
            {"account_id": ids, "country": [country_of(each) for each in ids.tolist()]}
        )
        self._duck.register("countries", countries)
        self._duck.execute("INSERT INTO accounts SELECT * FROM countries")
        countries.to_sql("accounts", self._lite, if_exists="append", index=False)
        columns = [rows[name].tolist() for name in rows.columns]
        self._lite.executemany("INSERT INTO usage VALUES (?, ?, ?, ?)", zip(*columns, strict=True))
        for table, frame in facts.items():
            self._add_facts(table, frame)
        self._lite.commit()

    def _add_facts(self, table: str, frame: pd.DataFrame) -> None:
        dates = [str(name) for name in frame if str(name).endswith("_on")]
        typed = frame.astype(dict.fromkeys(dates, "datetime64[s]"))
        self._duck.register("typed", typed)
        self._duck.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM typed LIMIT 0")
        self._duck.execute(f"INSERT INTO {table} SELECT * FROM typed")
        frame.to_sql(table, self._lite, if_exists="append", index=False)

    def close(self) -> None:
        """Index what SQLite would look up, and close."""
        for table in ("tickets", "nps_answers", "contracts"):
            self._lite.execute(f"CREATE INDEX ix_{table} ON {table} (account_id)")
        self._lite.execute("ANALYZE")
        self._lite.commit()
        self._lite.close()
        self._duck.close()


if __name__ == "__main__":
    main()

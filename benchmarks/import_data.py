"""Usage files and customer bases for the import benchmark.

Usage: python -m benchmarks.import_data FOLDER ACCOUNTS DAYS
"""

import argparse
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from bot.clock import ShiftedClock, SystemClock
from bot.store.engine import build_engine
from bot.store.migrate import upgrade
from bot.store.tables import Account, Workspace
from bot.store.unit import Store, Unit

METRICS = ("logins", "active_users", "key_actions", "features_used", "exports")
LEVELS = (12, 8, 30, 6, 4)
LAST_ON = date(2026, 11, 19)
BOOK, USAGE = "book.sqlite3", "usage.csv"
FIRST_ID = 1 << 40
_BLOCK = 5_000


def open_store(path: Path) -> Store:
    """The bot's store on a SQLite file, at 06:00 in Tokyo on 20 November 2026."""
    at = datetime(2026, 11, 19, 21, tzinfo=UTC)
    return Store(build_engine(f"sqlite:///{path}"), ShiftedClock(at - SystemClock().now()))


def make_book(path: Path, accounts: int) -> None:
    """A migrated database with one workspace and its accounts, none with any usage."""
    upgrade(f"sqlite:///{path}")
    store = open_store(path)
    made = store.add_workspace(Workspace(team_id="T1", name="Bench", created_at=store.clock.now()))
    for start in range(0, accounts, _BLOCK):
        with store.writing(made.id) as unit:
            _write_accounts(unit, range(start, min(accounts, start + _BLOCK)))
    store.engine.dispose()


def write_usage_file(path: Path, accounts: int, days: int) -> None:
    """A wide CSV ordered by day, as sources export: id, day and five numbers a row."""
    stream = np.random.default_rng(2026)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["account_id", "date", *METRICS]) + "\n")
        for on in (LAST_ON - timedelta(days=back) for back in reversed(range(days))):
            values = stream.poisson(LEVELS, (accounts, len(METRICS))).tolist()
            file.writelines(
                f"{ref_of(at)},{on.isoformat()},{a},{b},{c},{d},{e}\n"
                for at, (a, b, c, d, e) in enumerate(values)
            )


def ref_of(at: int) -> str:
    """The id under which the customer list and the product know account number `at`."""
    return f"T-{at:07d}"


def main() -> None:
    """Make the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("accounts", type=int)
    parser.add_argument("days", type=int)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    make_book(asked.folder / BOOK, asked.accounts)
    write_usage_file(asked.folder / USAGE, asked.accounts, asked.days)
    print("{}")


def _write_accounts(unit: Unit, places: range) -> None:
    """Through SQLAlchemy, which fills in what the table has by default."""
    rows = [
        {
            **{"workspace_id": unit.workspace_id, "id": FIRST_ID + at, "ref": ref_of(at)},
            **{"name": f"Customer {at}", "folded": f"customer{at}", "known_at": unit.at},
        }
        for at in places
    ]
    unit.connection.execute(insert(Account), rows)


if __name__ == "__main__":
    main()

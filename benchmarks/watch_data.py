"""What the night's watch asks for beside usage: people, deadlines, invoices, remarks, an outage.

Usage: python -m benchmarks.watch_data FOLDER ACCOUNTS
"""

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.recompute_data import FIRST_ID, KNOWN_AT, open_store
from benchmarks.recompute_data import main as make_recompute_data
from benchmarks.recompute_dates import RUN_ON
from bot.playbooks.document import PlaybookDocument, read_playbook
from bot.services.playbooks import activate
from bot.store.bulk.native import upsert
from bot.store.tables import Incident, Member, ScoreRun, VocRemark, Workspace
from bot.store.unit import Store, Unit

PEOPLE = 200
# The day before the measured night: what it had seen is no news, and all that is new may open.
EVE = RUN_ON - timedelta(days=1)

# Signals and the limits by which five versions of each differ, from mild to strict.
_KINDS: tuple[tuple[str, dict[str, tuple[float, ...]]], ...] = (
    ("key_feature", {"below": (0.10, 0.20, 0.30, 0.40, 0.50)}),
    ("login_drop", {"share": (0.5, 0.6, 0.7, 0.8, 0.9)}),
    ("slow_decline", {"share": (0.20, 0.24, 0.28, 0.32, 0.36)}),
    ("late_payment", {"days": (14, 21, 28, 35, 42)}),
    ("inquiries", {"times": (2.5, 3.0, 3.5, 4.0, 4.5)}),
    ("negative_voc", {"days": (2, 5, 8, 11, 14)}),
)


def build_playbooks() -> list[PlaybookDocument]:
    """Thirty: six signals, five limits each, two further conditions and two steps.

    Each is meant for a segment of 10 to 25 % of the accounts, as playbooks are.
    """
    return [
        _build(key, {name: values[number] for name, values in limits.items()}, number)
        for key, limits in _KINDS
        for number in range(5)
    ]


def _build(signal: str, limits: dict[str, float], number: int) -> PlaybookDocument:
    words = {"ja": "例", "en": "Example"}
    return read_playbook(
        {
            "key": f"{signal}_{number}",
            "name": words,
            "signals": [{"key": signal, "for_runs": 1, "limits": limits}, {"key": "sharp_drop"}],
            "when": {
                "all": [
                    {"column": "stage", "in": ["adoption", "expansion"]},
                    {"column": "seats", "at_least": 46 + 2 * number},
                ]
            },
            "hypothesis": words,
            "moves": "logins_5bd",
            "steps": [
                {"key": "first", "name": words, "within_business_days": 2},
                {"key": "second", "name": words, "within_business_days": 10},
            ],
            "results": [{"key": "met", "name": words}],
        }
    )


def main() -> None:
    """Make the recompute's database, then the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("accounts", type=int)
    asked = parser.parse_args()
    make_recompute_data()
    store = open_store(asked.folder / "packed.sqlite3")
    with store.writing(1) as unit:
        people = _hire(unit)
        _begin(unit)
    _add_facts(store, asked.accounts, people)
    for document in build_playbooks():
        with store.writing(1) as unit:
            activate(unit, document, "benchmark")
    print(json.dumps({"playbooks": len(build_playbooks())}))


def _hire(unit: Unit) -> list[int]:
    made = [
        Member(name=f"CSM {n}", email=f"csm{n}@sakidori.test", roles=["csm"], known_at=unit.at)
        for n in range(PEOPLE)
    ]
    for member in made:
        unit.add(member)
    unit.session.flush()
    return [member.id for member in made]


def _begin(unit: Unit) -> None:
    """Watching began, and one run of it lies behind us."""
    unit.session.get_one(Workspace, 1).started_on = EVE
    run = ScoreRun(run_on=EVE, model_version=1, started_at=unit.at)
    run.finished_at = run.watched_at = unit.at
    unit.add(run)
    outage_on = RUN_ON - timedelta(days=30)
    unit.add(
        Incident(
            ref="I",
            title="Outage",
            started_on=outage_on,
            ended_on=outage_on,
            severity="major",
            hits_everyone=True,
        )
    )


def _add_facts(store: Store, accounts: int, people: list[int]) -> None:
    stream = np.random.default_rng(11)
    ids = (np.arange(accounts, dtype=np.int64) + FIRST_ID).tolist()
    with store.writing(1) as unit:
        connection = unit.connection
        connection.exec_driver_sql(
            "UPDATE accounts SET owner_id = ?, touch = ?, started_on = ?"
            " WHERE workspace_id = 1 AND id = ?",
            [
                (people[n % PEOPLE], "tech" if n % 5 == 0 else "high", "2025-04-01", account_id)
                for n, account_id in enumerate(ids)
            ],
        )
        connection.exec_driver_sql(
            "UPDATE contracts SET renews_on = ?, notice_on = ?"
            " WHERE workspace_id = 1 AND account_id = ?",
            [
                (_after(left + 30), _after(left), account_id)
                for left, account_id in zip(
                    stream.integers(0, 365, accounts).tolist(), ids, strict=True
                )
            ],
        )
        _add_invoices(unit, [each for each in ids if each % 20 == 0], stream)
        _add_remarks(unit, [each for each in ids if each % 33 == 0], stream)


def _add_invoices(unit: Unit, ids: list[int], stream: np.random.Generator) -> None:
    """One account in twenty has an unpaid invoice, up to 60 days past due or not due yet."""
    ages = stream.integers(-30, 60, len(ids)).tolist()
    columns = ("workspace_id", "id", "account_id", "known_at", "ref", "issued_on", "due_on")
    rows = [
        (1, each, each, KNOWN_AT, f"i{each}", _after(-age - 30), _after(-age))
        for each, age in zip(ids, ages, strict=True)
    ]
    upsert(unit.connection, "invoices", ("workspace_id", "id"), columns, rows)


def _add_remarks(unit: Unit, ids: list[int], stream: np.random.Generator) -> None:
    """One account in thirty-three said something bad in the last 60 days."""
    ages = stream.integers(0, 60, len(ids)).tolist()
    for each, age in zip(ids, ages, strict=True):
        said: dict[str, Any] = {"ref": f"v{each}", "said_on": date.fromisoformat(_after(-age))}
        unit.add(
            VocRemark(account_id=each, known_at=unit.at, text="…", sentiment="negative", **said)
        )


def _after(days: int) -> str:
    return (RUN_ON + timedelta(days=days)).isoformat()


if __name__ == "__main__":
    main()

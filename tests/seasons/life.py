"""The sample company's eighteen months and the sixty days ahead, imported at once and scored.

What is scored as of a day knows nothing of later ones, so one database serves all seasons.
"""

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.clock import FixedClock
from bot.core.calendar import WorkCalendar
from bot.core.vocabulary import Band
from bot.health.details import unpack_details
from bot.health.model import load_default
from bot.services.recompute import recompute_history
from bot.store.engine import build_engine
from bot.store.tables import Account, AccountScore, ScoreRun
from bot.store.unit import Store
from sandbox.company import layouts, rates
from sandbox.company.customer_list import write_customer_list
from sandbox.company.future import Faults
from sandbox.company.history import Shelf, list_layouts, list_usage, split_currencies
from sandbox.company.people import list_members
from sandbox.company.plan import Plan
from sandbox.company.sources import known_on
from sandbox.company.world import HAPPENED, World, build_world
from tests.imports.office import MORNING, Office, add_workspace

USE = ("logins_vs_past", "breadth", "key_feature_rate_20bd", "active_user_rate", "usage_trend")
JAPAN = WorkCalendar("JP")

Span = tuple[date, date]

SEASONS: dict[str, Span] = {
    "new year 2026": (date(2025, 12, 22), date(2026, 1, 20)),
    "golden week": (date(2026, 4, 24), date(2026, 5, 22)),
    "obon": (date(2026, 8, 7), date(2026, 9, 1)),
    "thanksgiving": (date(2026, 11, 20), date(2026, 12, 18)),
    "new year 2027": (date(2026, 12, 21), date(2027, 1, 19)),
}
PLAIN: dict[str, Span] = {
    "february": (date(2026, 2, 2), date(2026, 3, 2)),
    "june": (date(2026, 6, 1), date(2026, 6, 29)),
}


@dataclass(frozen=True)
class Day:
    """One account on one morning; `use` are the points its usage brings to the score."""

    band: Band
    score: float | None
    use: float
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Life:
    """`days` by name of the account and morning of the span; `data_on` by morning."""

    world: World
    days: dict[str, dict[date, Day]]
    data_on: dict[date, date | None]

    def without_story(self, country: str | None = None) -> list[str]:
        """Accounts with use to speak of, to which nothing is meant to happen."""
        return [
            each.name
            for each in self.world.accounts
            if each.story is None and each.has_feed and each.name in self.days
            if country in (None, each.country)
        ]


def mornings(span: Span) -> list[date]:
    """The business days of a span, both ends included."""
    first, last = span
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [on for on in days if JAPAN.is_business_day(on)]


@dataclass(frozen=True)
class Brought:
    """All that will ever be known, imported; `database` is copied, never opened."""

    world: World
    database: Path
    workspace_id: int

    def copy(self, folder: Path) -> Office:
        """The company in a database of its own."""
        copied = folder / self.database.name
        shutil.copyfile(self.database, copied)
        return _open(copied, self.workspace_id, folder)


def bring_all(template: Path, folder: Path) -> Brought:
    """Write and import it."""
    database = folder / "life.sqlite3"
    shutil.copyfile(template, database)
    office = _open(database, 0, folder)
    office.workspace_id = add_workspace(office.store)
    world = build_world(Plan())
    office.today = world.plan.days[-1] + timedelta(days=1)
    for name in write_whole(world, folder / "files"):
        office.bring(folder / "files" / name)
    # The last to leave writes all into the one file that is copied.
    office.store.engine.dispose()
    return Brought(world, database, office.workspace_id)


def _open(database: Path, workspace_id: int, folder: Path) -> Office:
    store = Store(build_engine(f"sqlite:///{database}"), FixedClock(MORNING))
    return Office(store, FixedClock(MORNING), workspace_id, folder / "drops")


def live(brought: Brought, folder: Path) -> Life:
    """Score each morning of the spans."""
    office = brought.copy(folder)
    store = office.store
    for on in sorted({on for span in (SEASONS | PLAIN).values() for on in mornings(span)}):
        recompute_history(store, office.workspace_id, on, on, actor="test")
    made = Life(brought.world, *_read(office))
    store.engine.dispose()
    return made


def write_whole(world: World, folder: Path) -> list[str]:
    """One file a kind, as all is known in the end; the dead day of the feed stays away."""
    plan, shelf = world.plan, Shelf(folder)
    folder.mkdir()
    last_on, dead_on = plan.days[-1], Faults(plan).dead_on
    shelf.put("members.csv", layouts.MEMBERS, list_members())
    shelf.put("rates.csv", rates.LAYOUT, rates.list_rates(plan))
    listed = write_customer_list(folder, world.accounts, "2027年1月18日", shelf.ledger)
    known = {kind: known_on(world.facts[kind], HAPPENED[kind], last_on) for kind in HAPPENED}
    yen, dollars = split_currencies(known["contracts"])
    shelf.put("contracts.xlsx", layouts.CONTRACTS, yen)
    shelf.put("contracts_usd.csv", layouts.CONTRACTS_USD, dollars)
    used = [fact for day in plan.days if day != dead_on for fact in list_usage(world, day)]
    shelf.put("usage.csv", layouts.USAGE, used)
    # Who of the customer's people logged in weighs nothing here, and is most of the rows.
    for layout in list_layouts():
        if layout is not layouts.ACTIVITY:
            shelf.put(f"{layout.kind}.{layout.suffix}", layout, known[layout.kind])
    names = [entry["path"] for entry in shelf.files]
    return [*names[:2], listed, *names[2:]]


def _read(office: Office) -> tuple[dict[str, dict[date, Day]], dict[date, date | None]]:
    names = {account.id: account.name for account in office.rows(Account)}
    days: dict[str, dict[date, Day]] = {}
    for row in office.rows(AccountScore):
        days.setdefault(names[row.account_id], {})[row.run_on] = _read_day(row)
    with office.store.reading(office.workspace_id) as unit:
        runs = unit.session.execute(select(ScoreRun.run_on, ScoreRun.data_on))
        return days, {row.run_on: row.data_on for row in runs}


def _read_day(row: AccountScore) -> Day:
    measures = unpack_details(row.details, load_default().measures()).measures
    used = [each for each in measures if each.measure in USE]
    points = sum(each.points or 0.0 for each in used)
    return Day(Band(row.band), row.score, points, tuple(each.value for each in used))

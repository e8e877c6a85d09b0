"""The nights of a quarter alone, without people: which alerts open, and for which reason.

Lived twice over the same facts, once as they are and once with every day off worked like the
business day before it: an alert that opens in the first life and not in the second one was
caused by days off.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.clock import FixedClock
from bot.core.calendar import WorkCalendar
from bot.core.slow_days import list_slow_days
from bot.services.recompute import recompute
from bot.services.watch.night import begin_night
from bot.store.engine import build_engine
from bot.store.tables import Account, Episode
from bot.store.unit import Store
from sandbox.company import layouts
from sandbox.company.history import Shelf, list_usage
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact
from sandbox.company.usage import METRICS
from sandbox.company.world import World, build_world
from tests.imports.office import MORNING, Office, add_workspace
from tests.seasons.life import write_whole


@dataclass(frozen=True, order=True)
class Opened:
    """An alert of the nights: whose, of which playbook, when, and what was seen first."""

    account: str
    playbook: str
    opened_on: date
    signal: str
    is_watch: bool


def live(template: Path, folder: Path, days: Sequence[date], *, is_worked: bool) -> list[Opened]:
    """The alerts of these nights, watched from the first day on; with `is_worked` no day is off."""
    folder.mkdir(parents=True)
    database = folder / "nights.sqlite3"
    shutil.copyfile(template, database)
    engine = build_engine(f"sqlite:///{database}")
    store = Store(engine, FixedClock(MORNING))
    office = Office(store, FixedClock(MORNING), add_workspace(store), folder / "drops")
    world = build_world(Plan())
    office.today = world.plan.days[-1] + timedelta(days=1)
    names = write_whole(world, folder / "files")
    if is_worked:
        _fill_days_off(world, folder / "files")
    for name in names:
        office.bring(folder / "files" / name)
    with store.writing(office.workspace_id) as unit:
        unit.workspace.started_on = days[0]
    for on in days:
        night = begin_night(store, office.workspace_id, on)
        recompute(store, office.workspace_id, on, watcher=night)
        night.finish()
    made = sorted(_read(office))
    engine.dispose()
    return made


def _read(office: Office) -> Iterator[Opened]:
    with office.store.reading(office.workspace_id) as unit:
        wanted = select(Episode, Account.name).join(
            Account,
            (Account.workspace_id == Episode.workspace_id) & (Account.id == Episode.account_id),
        )
        for each, name in unit.session.execute(wanted):
            signal = each.evidence[0]["signal"]
            yield Opened(name, each.playbook, each.opened_on, signal, each.is_watch)


def _fill_days_off(world: World, folder: Path) -> None:
    """The usage file anew: on a day off or a slow one, what was used on the one before it."""
    shelf = Shelf(folder)
    shelf.put("usage.csv", layouts.USAGE, list(list_worked(world)))


def list_worked(world: World) -> Iterator[Fact]:
    """Usage with every day off replaced by the account's last plain business day."""
    last: dict[str, Fact] = {}
    off = {country: _list_off(country, world.plan.days) for country in ("JP", "US")}
    countries = {each.tenant: each.country for each in world.accounts}
    for day in world.plan.days:
        for fact in list_usage(world, day):
            ref = str(fact["account_ref"])
            if day not in off["JP" if countries[ref] == "JP" else "US"]:
                last[ref] = fact
            yield {**fact, **{name: last.get(ref, fact)[name] for name in METRICS}}


def _list_off(country: str, days: Sequence[date]) -> frozenset[date]:
    calendar, first, after = WorkCalendar(country), days[0], days[-1] + timedelta(days=1)
    slow: Iterable[date] = list_slow_days(calendar, first, after)
    return calendar.days_off(first, after) | frozenset(slow)

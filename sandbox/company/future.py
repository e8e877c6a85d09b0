"""Writes the days ahead: what each morning's delivery holds, and the days on which it goes wrong.

The folder future/<day> arrives on the morning of that day and holds the day before.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sandbox.company import layouts
from sandbox.company.history import Shelf, list_layouts, list_usage, split_currencies
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact, split_changes
from sandbox.company.usage import METRICS
from sandbox.company.workdays import next_working
from sandbox.company.world import HAPPENED, World

CORRECTED_ACCOUNTS = 10

Changes = dict[str, dict[date, list[Fact]]]


@dataclass(frozen=True)
class Faults:
    """The days of data on which the daily feed goes wrong, all plain working days.

    `dead_on` never arrives. `doubled_on` is counted twice for some accounts; the mended rows
    come two mornings after it. `late_on` arrives with the delivery of `late_arrives_on`.
    """

    plan: Plan

    @cached_property
    def dead_on(self) -> date:
        return next_working(self.plan.day(12), "JP")

    @cached_property
    def doubled_on(self) -> date:
        return next_working(self.plan.day(18), "JP")

    @cached_property
    def mended_on(self) -> date:
        return self.doubled_on + timedelta(days=2)

    @cached_property
    def late_on(self) -> date:
        return next_working(self.plan.day(25), "JP")

    @cached_property
    def late_arrives_on(self) -> date:
        return next_working(self.late_on + timedelta(days=3), "JP")


def write_future(world: World, shelf: Shelf) -> list[dict[str, Any]]:
    """One folder per day ahead; returns what each delivery holds, for the manifest."""
    first = world.plan.position(world.plan.until)
    changes = {kind: split_changes(world.facts[kind], dates) for kind, dates in HAPPENED.items()}
    return [_deliver(world, shelf, changes, day) for day in world.plan.days[first:]]


def list_corrected(world: World) -> list[str]:
    """The tenants whose day was counted twice: plain ones with a feed and a contract."""
    plain = [each for each in world.accounts if not (each.story or each.churned_on)]
    return [account.tenant for account in plain[:CORRECTED_ACCOUNTS]]


def _deliver(world: World, shelf: Shelf, changes: Changes, day: date) -> dict[str, Any]:
    arrives_on = day + timedelta(days=1)
    folder = f"future/{arrives_on.isoformat()}"
    before = len(shelf.files)
    note = _put_usage(world, shelf, folder, day)
    _put_contracts(shelf, folder, day, changes["contracts"].get(day, []))
    for layout in list_layouts():
        if layout is layouts.ACTIVITY and note == "dead feed":
            continue
        facts = changes[layout.kind].get(day, [])
        name = f"{folder}/{layout.kind}_{day.isoformat()}.{layout.suffix}"
        shelf.put(name, layout, facts, total=False)
    files = [each["path"] for each in shelf.files[before:]]
    return {"on": arrives_on.isoformat(), "holds": day.isoformat(), "files": files, "note": note}


def _put_usage(world: World, shelf: Shelf, folder: str, day: date) -> str:
    faults = Faults(world.plan)
    offset = (day - world.plan.until).days
    arrives_on = day + timedelta(days=1)
    name = f"{folder}/usage_{day.isoformat()}.csv"
    facts, note = list_usage(world, day), ""
    if day == faults.dead_on:
        return "dead feed"
    if day == faults.late_on:
        return "usage late"
    if day == faults.doubled_on:
        facts, note = _double(facts, list_corrected(world)), "counted twice"
    shelf.put(name, layouts.USAGE, facts, f"usage_daily@{offset}")
    if arrives_on == faults.mended_on:
        return _put_mended(world, shelf, folder, faults.doubled_on)
    if arrives_on == faults.late_arrives_on:
        return _put_late(world, shelf, folder, faults.late_on)
    return note


def _put_mended(world: World, shelf: Shelf, folder: str, day: date) -> str:
    corrected = list_corrected(world)
    facts = [fact for fact in list_usage(world, day) if fact["account_ref"] in corrected]
    shelf.put(f"{folder}/usage_{day.isoformat()}_correction.csv", layouts.USAGE, facts)
    return "correction"


def _put_late(world: World, shelf: Shelf, folder: str, day: date) -> str:
    name = f"{folder}/usage_{day.isoformat()}.csv"
    shelf.put(name, layouts.USAGE, list_usage(world, day))
    return "late file"


def _put_contracts(shelf: Shelf, folder: str, day: date, signed: list[Fact]) -> None:
    yen, dollars = split_currencies(signed)
    stem = f"{folder}/contracts_{day.isoformat()}"
    shelf.put(f"{stem}.xlsx", layouts.CONTRACTS, yen, total=False)
    shelf.put(f"{folder}/contracts_usd_{day.isoformat()}.csv", layouts.CONTRACTS_USD, dollars)


def _double(facts: list[Fact], tenants: list[str]) -> list[Fact]:
    return [
        {**fact, **{metric: fact[metric] * 2 for metric in METRICS}}
        if fact["account_ref"] in tenants
        else fact
        for fact in facts
    ]

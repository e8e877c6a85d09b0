"""Writes the history: what was known on the evening before the sample's today, a file a kind."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from sandbox.company import layouts, rates
from sandbox.company.customer_list import write_customer_list
from sandbox.company.delimited import write_text
from sandbox.company.dirt import Ledger, Place, add_dirt
from sandbox.company.layouts import Layout
from sandbox.company.people import list_members
from sandbox.company.sources import Fact, known_on
from sandbox.company.usage import METRICS, NO_ROW
from sandbox.company.workbooks import first_row, write_sheet
from sandbox.company.world import HAPPENED, World

TITLES = {"contracts": "契約台帳(円建て、単位:千円)", "voc": ""}
TOTALS = {"contracts": "ARR(千円・税抜)", "voc": ""}


@dataclass
class Shelf:
    """The folder being filled: what stands on it so far, and the dirt put in."""

    folder: Path
    ledger: Ledger = field(default_factory=Ledger)
    files: list[dict[str, Any]] = field(default_factory=list)

    def put(
        self, path: str, layout: Layout, facts: list[Fact], key: str = "", total: bool = True
    ) -> None:
        """Writes one file; `key` names its dirt in the catalogue. No facts, no file."""
        if not facts:
            return
        title = TITLES.get(layout.kind, "") if total else ""
        first = first_row(title) if layout.suffix == "xlsx" else 2
        place = Place(path, first, layout.sheet)
        shown = [layout.show(fact) for fact in facts]
        rows = add_dirt(key, layout.headers, shown, place, self.ledger)
        if layout.suffix == "xlsx":
            total_of = TOTALS[layout.kind] if total else ""
            write_sheet(self.folder / path, layout, rows, title, total_of)
        else:
            write_text(self.folder / path, layout, rows)
        self.note(path, layout.kind, layout.ids, layout.encoding, len(rows))

    def note(self, path: str, kind: str, ids: str, encoding: str, rows: int) -> None:
        """Enters a file in the list the manifest shows."""
        entry = {"path": path, "kind": kind, "ids": ids, "encoding": encoding, "rows": rows}
        self.files.append(entry)


def write_history(world: World, shelf: Shelf) -> None:
    """The history files, in the order in which they are best read: ids first."""
    plan = world.plan
    shelf.put("members.csv", layouts.MEMBERS, list_members())
    shelf.put("rates.csv", rates.LAYOUT, rates.list_rates(plan))
    # The list leaves out nobody: who has left stands in it with a note.
    name = write_customer_list(
        shelf.folder, world.accounts, f"{plan.until:%Y年%-m月%-d日}", shelf.ledger
    )
    shelf.note(name, "accounts", "crm", "utf-8", len(world.accounts))
    shelf.put("contacts.csv", layouts.CONTACTS, world.facts["contacts"], "contacts")
    _write_contracts(world, shelf)
    _write_usage(world, shelf)
    for layout in list_layouts():
        facts = list_history(world, layout.kind)
        shelf.put(f"{layout.kind}.{layout.suffix}", layout, facts, layout.kind)


def list_layouts() -> list[Layout]:
    """The kinds that come as one file each, in the order they are written."""
    return [
        layouts.ACTIVITY,
        layouts.TICKETS,
        layouts.INVOICES,
        layouts.TOUCHES_FILE,
        layouts.NPS,
        layouts.VOC,
        layouts.INCIDENTS,
        layouts.EVENTS,
        layouts.OUTCOMES,
    ]


def list_history(world: World, kind: str) -> list[Fact]:
    """The facts of a kind as they were known when history ends."""
    return known_on(world.facts[kind], HAPPENED[kind], world.plan.history_ends_on)


def list_usage(world: World, day: date) -> list[Fact]:
    """A day's rows of use, accounts in the order of their ids."""
    position = world.plan.position(day)
    return [
        {
            "on": day,
            "account_ref": account.tenant,
            **dict(zip(METRICS, world.usage[account.ref][position].tolist(), strict=True)),
        }
        for account in world.accounts
        if world.usage[account.ref][position, 0] != NO_ROW
    ]


def split_currencies(contracts: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Yen contracts live in a workbook, dollar contracts in an export of another system."""
    yen = [each for each in contracts if each["currency"] == "JPY"]
    return yen, [each for each in contracts if each["currency"] != "JPY"]


def _write_contracts(world: World, shelf: Shelf) -> None:
    yen, dollars = split_currencies(list_history(world, "contracts"))
    shelf.put("contracts.xlsx", layouts.CONTRACTS, yen, "contracts")
    shelf.put("contracts_usd.csv", layouts.CONTRACTS_USD, dollars)


def _write_usage(world: World, shelf: Shelf) -> None:
    past = world.plan.days[: world.plan.position(world.plan.until)]
    for year, days in groupby(past, key=lambda day: day.year):
        facts = [fact for day in days for fact in list_usage(world, day)]
        key = "usage_daily" if year == world.plan.history_ends_on.year else ""
        shelf.put(f"usage_{year}.csv", layouts.USAGE, facts, key)

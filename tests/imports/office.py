"""A workspace that is handed files, through the same services as the command line and Slack."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Select, Table, select

from bot.clock import FixedClock
from bot.core.import_report import ImportReport
from bot.services.imports import batches
from bot.services.imports.applying import Applying
from bot.services.imports.opening import Opened, open_file
from bot.services.imports.reading import build_report
from bot.store.base import Base, IdSource, Walled
from bot.store.tables import Account, ImportBatch, Workspace
from bot.store.unit import Store, Unit

TODAY = date(2026, 11, 20)
MORNING = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
# What an import leaves besides facts, and what differs from run to run.
_BESIDE = {"workspaces", "import_batches", "audit_log", "touched_accounts", "outbox"}
_RANDOM = {"id", "known_at", "touched_at", "mark"}


@dataclass
class Office:
    """Files go in; tables come out."""

    store: Store
    clock: FixedClock
    workspace_id: int
    folder: Path
    today: date = TODAY
    numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    def write(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """A text file, in a folder of its own as a drop has."""
        path = self.folder / f"drop{self.numbers()}" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode(encoding))
        return path

    def write_book(self, name: str, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
        """A workbook."""
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = self.write(name, "")
        book.save(path)
        return path

    def open(self, path: Path, **answers: str) -> Opened:
        """The file's facts."""
        return open_file(self.store, self.workspace_id, path, _keys(answers), self.today)

    def look(self, path: Path, **answers: str) -> ImportReport:
        """The report alone."""
        opened = self.open(path, **answers)
        return build_report(self.store, self.workspace_id, path.name, opened)

    def receive(self, path: Path, report: ImportReport, **answers: str) -> int:
        """A batch whose applying has begun."""
        with self.store.writing(self.workspace_id) as unit:
            return batches.receive_confirmed(unit, path, report, _keys(answers), "test")

    def apply(
        self, batch_id: int, path: Path, report: ImportReport, opened: Opened | None = None
    ) -> ImportReport:
        """Write what the batch holds, from where it stands."""
        with self.store.reading(self.workspace_id) as unit:
            answers = batches.get_batch(unit, batch_id).answers
        if opened is None:
            opened = open_file(self.store, self.workspace_id, path, answers, self.today)
        work = Applying(
            self.store, self.workspace_id, batch_id, opened, self.today, lambda *_: None, IdSource()
        )
        return work.run(report)

    def bring(self, path: Path, **answers: str) -> ImportReport:
        """Read and, where there is anything to apply, apply."""
        report = self.look(path, **answers)
        if not report.is_ready:
            return report
        return self.apply(self.receive(path, report, **answers), path, report)

    def bring_text(self, name: str, text: str, **answers: str) -> ImportReport:
        """As `bring`, of a text."""
        return self.bring(self.write(name, text), **answers)

    def add_accounts(self, *refs: str, **facts: Any) -> None:
        """Accounts, each called after its reference."""
        with self.store.writing(self.workspace_id) as unit:
            for ref in refs:
                held = {"ref": ref, "name": ref, "folded": ref.lower(), "known_at": unit.at}
                unit.add(Account(**held | facts))

    def rows(self, model: type[Walled]) -> list[Any]:
        """All rows of a kind."""
        with self.store.reading(self.workspace_id) as unit:
            return list(unit.session.scalars(select(model)))

    def account(self, ref: str) -> Account:
        """The account of a reference."""
        with self.store.reading(self.workspace_id) as unit:
            return unit.session.scalars(select(Account).filter_by(ref=ref)).one()

    def batch(self, batch_id: int) -> ImportBatch:
        """A batch as it stands."""
        with self.store.reading(self.workspace_id) as unit:
            return batches.get_batch(unit, batch_id)

    def dump(self, *left_out: str) -> dict[str, list[tuple[Any, ...]]]:
        """Every table of facts, keys of rows replaced by what they stand for, in order."""
        with self.store.reading(self.workspace_id) as unit:
            tables = self._filled(unit)
            spoken = self._spoken(unit, tables)
            held = {
                table.name: unit.session.execute(self._mine(table)).mappings().all()
                for table in tables
                if table.name not in _BESIDE | set(left_out)
            }
        return {
            name: sorted(
                tuple(_plain(key, row[key], spoken) for key in row if key not in _RANDOM)
                for row in rows
            )
            for name, rows in held.items()
        }

    def _mine(self, table: Table) -> Select[Any]:
        return select(table).where(table.c.workspace_id == self.workspace_id)

    def _filled(self, unit: Unit) -> list[Table]:
        """The tables that hold anything of this workspace: one question for all of them."""
        known = [each for each in Base.metadata.sorted_tables if "workspace_id" in each.c]
        asked = [select(self._mine(each).exists()).scalar_subquery() for each in known]
        found = unit.session.execute(select(*asked)).one()
        return [table for table, is_filled in zip(known, found, strict=True) if is_filled]

    def _spoken(self, unit: Unit, tables: list[Table]) -> dict[int, str]:
        found: dict[int, str] = {}
        for table in tables:
            names = [name for name in ("ref", "email", "name", "number") if name in table.c]
            if "id" in table.c and names:
                mine = select(table.c.id, table.c[names[0]]).where(
                    table.c.workspace_id == self.workspace_id
                )
                rows = unit.session.execute(mine).all()
                found |= {row[0]: f"{table.name} {row[1]}" for row in rows}
        return found


def _plain(name: str, value: Any, spoken: Mapping[int, str]) -> str:
    if name == "workspace_id":
        return ""
    if name.endswith("_id") and value is not None:
        return spoken.get(value, "?")
    return str(value.normalize() if isinstance(value, Decimal) else value)


def _keys(answers: Mapping[str, str]) -> dict[str, str]:
    """Answers by key, with `__` for the colon."""
    return {key.replace("__", ":"): answer for key, answer in answers.items()}


def add_workspace(store: Store) -> int:
    """A workspace in yen."""
    made = store.add_workspace(Workspace(team_id="T1", name="Sample", created_at=MORNING))
    return made.id

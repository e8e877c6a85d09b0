"""Applies a confirmed file in short transactions. Killed at any moment, it goes on where it was.

Every block is compared with what is stored before it is written, so that going over a block again
writes nothing. Runs in the child process alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import select

from bot.core.import_report import ImportReport, KindCount
from bot.ingest.reading import Reading
from bot.services.imports import batches
from bot.services.imports.derive import derive
from bot.services.imports.linking import Links, load_links
from bot.services.imports.people import keep_leads, with_people
from bot.services.imports.reading import Linked, count_kind, link_tables
from bot.services.imports.rows import build_rows, compare
from bot.services.imports.targets import ORDER, TARGETS
from bot.services.imports.usage_blocks import cut_blocks
from bot.store.base import IdSource
from bot.store.bulk import rows as bulk
from bot.store.bulk.touched import mark_touched
from bot.store.bulk.usage import write_usage
from bot.store.tables import AccountAlias, Incident, IncidentAccount, SavedMapping
from bot.store.unit import Store, Unit

ROWS_A_BLOCK = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Applying:
    """One batch on its way into the tables."""

    store: Store
    workspace_id: int
    batch_id: int
    reading: Reading
    today: date
    tell: Progress
    ids: IdSource

    def run(self, report: ImportReport) -> ImportReport:
        """Write everything; the report as it turned out."""
        done, counts = 0, []
        total = max(1, sum(len(frame) for frame in self.reading.tables.values()))
        for kind in ORDER:
            if kind not in self.reading.tables:
                continue
            linked = self._link(kind)
            counts.append(self._count(kind, linked))
            for rows in self._write(kind, linked):
                done += rows
                with self.store.writing(self.workspace_id) as unit:
                    batches.step(unit, self.batch_id, done)
                self.tell(min(done, total), total)
        return self._finish(replace(report, counts=tuple(counts)))

    def _link(self, kind: str) -> Linked:
        """Linked late: a workbook may bring the account and its contract together."""
        with self.store.reading(self.workspace_id) as unit:
            links = load_links(unit)
        only = replace(self.reading, tables={kind: self.reading.tables[kind]})
        return link_tables(only, links)

    def _count(self, kind: str, linked: Linked) -> KindCount:
        with self.store.reading(self.workspace_id) as unit:
            return count_kind(unit, kind, linked.tables[kind])

    def _write(self, kind: str, linked: Linked) -> Iterable[int]:
        frame = linked.tables[kind]
        return self._write_usage(frame) if kind == "usage_daily" else self._write_rows(kind, frame)

    def _write_usage(self, frame: pd.DataFrame) -> Iterable[int]:
        for block in cut_blocks(frame):
            with self.store.writing(self.workspace_id) as unit:
                write_usage(
                    unit,
                    block.metrics,
                    block.account_ids,
                    block.first_on,
                    block.values,
                    block.said,
                )
            yield int(block.said.sum())

    def _write_rows(self, kind: str, frame: pd.DataFrame) -> Iterable[int]:
        target = TARGETS[kind]
        with self.store.reading(self.workspace_id) as unit:
            rows = build_rows(target, with_people(unit, kind, frame))
            writes = compare(unit, target, rows).rows
        yield len(rows) - len(writes)
        for start in range(0, len(writes), ROWS_A_BLOCK):
            block = writes[start : start + ROWS_A_BLOCK]
            with self.store.writing(self.workspace_id) as unit:
                self._write_block(unit, kind, block)
            yield len(block)
        with self.store.writing(self.workspace_id) as unit:
            self._follow(unit, kind, frame)

    def _write_block(self, unit: Unit, kind: str, block: Sequence[Mapping[str, Any]]) -> None:
        target = TARGETS[kind]
        known = {"known_at": unit.at} if target.has_known_at else {}
        bulk.upsert(unit, target.model, target.key, [{**row, **known} for row in block], self.ids)
        if target.of_account:
            mark_touched(unit, {int(row["account_id"]) for row in block})

    def _follow(self, unit: Unit, kind: str, frame: pd.DataFrame) -> None:
        """What a kind brings beside its own rows."""
        if kind == "members":
            keep_leads(unit, frame)
        elif kind == "accounts":
            learn_aliases(unit, frame, load_links(unit), self.ids)
        elif kind == "incidents":
            self._keep_hits(unit, frame)
        if kind in ("members", "accounts", "contracts", "outcomes"):
            derive(unit, self.today)

    def _keep_hits(self, unit: Unit, frame: pd.DataFrame) -> None:
        refs = {one.ref: one.id for one in unit.session.scalars(select(Incident))}
        links = load_links(unit)
        named = frame[frame["account_ref"].notna()]
        rows: list[dict[str, Any]] = [
            {"incident_id": refs[str(ref)], "account_id": links.by_ref[said], "known_at": unit.at}
            for ref, said in zip(
                named["incident_ref"], named["account_ref"].astype(str), strict=True
            )
            if said in links.by_ref
        ]
        bulk.upsert(unit, IncidentAccount, ("incident_id", "account_id"), rows, self.ids)
        mark_touched(unit, {row["account_id"] for row in rows})

    def _finish(self, report: ImportReport) -> ImportReport:
        with self.store.writing(self.workspace_id) as unit:
            save_mapping(unit, self.reading)
            unknown = derive(unit, self.today).unknown_owners if self._has_owners() else ()
            made = replace(report, unknown_owners=unknown, questions=(), waiting=0)
            batches.end(unit, self.batch_id, batches.APPLIED, made)
        return made

    def _has_owners(self) -> bool:
        return not {"accounts", "members"}.isdisjoint(self.reading.tables)


def learn_aliases(unit: Unit, frame: pd.DataFrame, links: Links, ids: IdSource) -> None:
    """Other ids that the customer list gives: the product's tenant, the billing code."""
    rows = {}
    for source in ("tenant", "billing"):
        column = f"{source}_ref"
        said = frame[frame[column].notna()] if column in frame else frame.head(0)
        for own, other in zip(said["account_ref"], said.get(column, []), strict=True):
            account_id = links.by_ref.get(str(own))
            if account_id is not None and str(other) not in links.by_ref:
                rows[str(other)] = {
                    "account_id": account_id,
                    "source": source,
                    "ref": str(other),
                    "known_at": unit.at,
                }
    bulk.upsert(unit, AccountAlias, ("ref",), list(rows.values()), ids)


def save_mapping(unit: Unit, reading: Reading) -> None:
    """Understand the source the same way next time."""
    if not reading.fingerprint or not reading.mapping:
        return
    kept = unit.session.scalars(
        select(SavedMapping).filter_by(fingerprint=reading.fingerprint)
    ).one_or_none()
    if kept is None:
        kept = SavedMapping(fingerprint=reading.fingerprint)
        unit.add(kept)
    # A workbook of several kinds is told apart by its sheets again next time.
    kept.kind = next(iter(reading.tables)) if len(reading.tables) == 1 else ""
    kept.mapping, kept.answers = dict(reading.mapping), dict(reading.answers)
    kept.known_at = unit.at
